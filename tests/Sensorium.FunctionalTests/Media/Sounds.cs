using System.Buffers.Binary;

namespace Sensorium.FunctionalTests.Media;

/// <summary>Sounds made for the tests.</summary>
internal static class Sounds
{
    /// <summary>A tone as a WAV file, 16 bit, one channel.</summary>
    public static byte[] Tone(double seconds, double frequency, int rate = 16_000)
    {
        var samples = (int)(seconds * rate);
        var file = new byte[44 + (2 * samples)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples);
        for (var i = 0; i < samples; i++)
        {
            var value = (short)(12_000 * Math.Sin(2 * Math.PI * frequency * i / rate));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), value);
        }

        return file;
    }
}
