using System.Runtime.CompilerServices;

namespace Sensorium.Cli.Commands.Live;

/// <summary>JPEG files that come one after the other without anything between them, as ffmpeg writes them.</summary>
internal static class JpegReader
{
    private const int BlockBytes = 64 << 10;

    // Within a file's own data the byte FF is followed by 00, or by a marker that ends nothing.
    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    public static async IAsyncEnumerable<byte[]> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[BlockBytes];
        var (filled, searched) = (0, 0);
        while (true)
        {
            var end = EndOf(buffer.AsSpan(searched, filled - searched));
            if (end >= 0)
            {
                var size = searched + end;
                yield return buffer[..size];
                buffer.AsSpan(size, filled - size).CopyTo(buffer);
                (filled, searched) = (filled - size, 0);
                continue;
            }

            // The marker may be cut in two.
            searched = Math.Max(0, filled - 1);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                yield break;
            }

            filled += read;
        }
    }

    private static int EndOf(ReadOnlySpan<byte> bytes) => bytes.IndexOf(EndOfImage) is var at && at < 0 ? -1 : at + EndOfImage.Length;
}
