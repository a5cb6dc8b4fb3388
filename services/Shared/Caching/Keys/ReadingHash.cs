using System.Security.Cryptography;
using System.Text;
using Sensorium.Core.Encoding;

namespace Sensorium.Caching.Keys;

/// <summary>How a batch has its texts read. Nothing for plain texts, whose keys stay as they were.</summary>
internal static class ReadingHash
{
    public const int Bytes = SHA256.HashSizeInBytes;

    public static byte[] Of(EncodeBatch batch)
    {
        var text = batch.Text;
        if (text == TextReading.Plain)
        {
            return [];
        }

        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(text.Truncate);
        writer.Write(text.Prompt);
        writer.Write(text.PairedWith is not null);
        writer.Write(text.PairedWith ?? "");
        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
