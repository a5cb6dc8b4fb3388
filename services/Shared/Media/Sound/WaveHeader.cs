using System.Buffers.Binary;

namespace Sensorium.Media.Sound;

/// <summary>What a RIFF/WAVE file says of its samples.</summary>
/// <param name="DataOffset">Of the first sample in the file, in bytes.</param>
/// <param name="DataBytes">Whole samples that the file really has.</param>
/// <param name="IsCutOff">More samples were announced than the file has.</param>
internal readonly record struct WaveHeader(int Channels, int SampleRate, int BitsPerSample, long DataOffset, long DataBytes, bool IsCutOff)
{
    private const int PlainPcm = 1;
    private const int ChunkHead = 8;
    private const int SmallestFormat = 16;
    private const int LargestFormat = 64;

    /// <summary>From here on a length is what programs write that cannot go back to correct it: near 2 GiB, 4 GiB, or in between.</summary>
    private const uint UnknownLength = int.MaxValue - 65536;

    /// <summary>Null for anything but plain PCM in the usual form; position of the stream is undefined afterwards.</summary>
    public static WaveHeader? TryRead(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        if (!TryFill(stream, head) || !head[..4].SequenceEqual("RIFF"u8) || !head[8..].SequenceEqual("WAVE"u8))
        {
            return null;
        }

        WaveHeader? format = null;
        Span<byte> chunk = stackalloc byte[ChunkHead];
        while (TryFill(stream, chunk))
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                return format is { } known ? WithData(known, stream.Position, length, stream.Length - stream.Position) : null;
            }

            var next = stream.Position + length + (length & 1);
            if (chunk[..4].SequenceEqual("fmt "u8) && (format = TryReadFormat(stream, length)) is null)
            {
                return null;
            }

            // A length beyond the end leaves nothing to read, least of all samples.
            if (next > stream.Length)
            {
                return null;
            }

            stream.Position = next;
        }

        return null;
    }

    // Recorders that were cut off leave a length of 0 or of all ones; then everything up to the end is sound.
    private static WaveHeader WithData(WaveHeader format, long offset, uint length, long rest)
    {
        var bytes = length is 0 or uint.MaxValue ? rest : Math.Min(length, rest);
        var frame = format.Channels * format.BitsPerSample / 8;
        return format with
        {
            DataOffset = offset,
            DataBytes = frame > 0 ? bytes / frame * frame : 0,
            IsCutOff = length < UnknownLength && length > rest,
        };
    }

    private static WaveHeader? TryReadFormat(Stream stream, uint length)
    {
        Span<byte> format = stackalloc byte[SmallestFormat];
        if (length is < SmallestFormat or > LargestFormat || !TryFill(stream, format) || BinaryPrimitives.ReadUInt16LittleEndian(format) != PlainPcm)
        {
            return null;
        }

        return new WaveHeader(
            BinaryPrimitives.ReadUInt16LittleEndian(format[2..]),
            BinaryPrimitives.ReadInt32LittleEndian(format[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(format[14..]),
            0,
            0,
            false);
    }

    private static bool TryFill(Stream stream, Span<byte> buffer) =>
        stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
}
