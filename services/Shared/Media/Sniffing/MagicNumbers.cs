using System.Text;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sniffing;

/// <summary>Tells formats from the first bytes of their content. Signatures are those of the formats' specifications.</summary>
internal static class MagicNumbers
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 256;

    private const int TransportPacket = 188;

    /// <summary>Bytes of a time stamp before each packet of a Blu-ray's stream (m2ts).</summary>
    private const int TransportStamp = 4;

    /// <summary>Null if the bytes are of no known format.</summary>
    public static MagicNumber? Identify(IMediaContent content)
    {
        Span<byte> head = stackalloc byte[Length];
        return Identify(Head(content, head));
    }

    public static MagicNumber? Identify(ReadOnlySpan<byte> head) => Picture(head) ?? Riff(head) ?? IsoMedia.Identify(head) ?? Sound(head) ?? Container(head);

    /// <summary>The first bytes, for messages: as text if they look like it, else in hexadecimal.</summary>
    public static string Describe(IMediaContent content)
    {
        Span<byte> head = stackalloc byte[Length];
        head = Head(content, head);
        return head.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is < 0 or >= 8
            ? $"the text \"{Encoding.ASCII.GetString(head[..Math.Min(8, head.Length)])}\""
            : Convert.ToHexStringLower(head[..Math.Min(8, head.Length)]);
    }

    private static Span<byte> Head(IMediaContent content, Span<byte> buffer)
    {
        if (content.Memory is { } memory)
        {
            var count = Math.Min(buffer.Length, memory.Length);
            memory.Span[..count].CopyTo(buffer);
            return buffer[..count];
        }

        using var stream = content.OpenRead();
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private static MagicNumber? Picture(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new(Modality.Image, "image/jpeg"),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => new(Modality.Image, "image/png"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => new(Modality.Image, "image/gif"),
        // The four bytes after the size are reserved and zero; two letters alone may begin a text.
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => new(Modality.Image, "image/bmp"),
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => new(Modality.Image, "image/tiff"),
        _ => null,
    };

    private static MagicNumber? Riff(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !(head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)))
        {
            return null;
        }

        return Encoding.ASCII.GetString(head[8..12]) switch
        {
            "WEBP" => new(Modality.Image, "image/webp"),
            "WAVE" => new(Modality.Audio, "audio/wav"),
            "AVI " => new(null, "video/x-msvideo"),
            _ => null,
        };
    }

    private static MagicNumber? Sound(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => new(Modality.Audio, "audio/flac"),
        [(byte)'I', (byte)'D', (byte)'3', ..] => new(Modality.Audio, "audio/mpeg"),
        [(byte)'F', (byte)'O', (byte)'R', (byte)'M', _, _, _, _, (byte)'A', (byte)'I', (byte)'F', (byte)'F' or (byte)'C', ..] => new(Modality.Audio, "audio/aiff"),
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => new(Modality.Audio, "audio/amr"),
        // ADTS: twelve set bits, layer 0. MPEG audio: eleven set bits, layer II or III, a possible bit rate and sample rate.
        [0xFF, var second, ..] when (second & 0xF6) == 0xF0 => new(Modality.Audio, "audio/aac"),
        [0xFF, var second, var third, ..] when (second & 0xE0) == 0xE0 && (second & 0x06) is 0x02 or 0x04
            && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C => new(Modality.Audio, "audio/mpeg"),
        _ => null,
    };

    // May hold sound, pictures or both.
    private static MagicNumber? Container(ReadOnlySpan<byte> head) => head switch
    {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => new(null, head.IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska"),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => new(null, "video/ogg"),
        [(byte)'F', (byte)'L', (byte)'V', 1, ..] => new(null, "video/x-flv"),
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => new(null, "video/x-ms-asf"),
        [0, 0, 1, 0xBA or 0xB3, ..] => new(null, "video/mpeg"),
        [0x47, ..] when head.Length > TransportPacket && head[TransportPacket] == 0x47 => new(null, "video/mp2t"),
        [_, _, _, _, 0x47, ..] when head.Length > TransportPacket + (2 * TransportStamp)
            && head[TransportPacket + (2 * TransportStamp)] == 0x47 => new(null, "video/mp2t"),
        _ => null,
    };
}

/// <param name="Modality">Null for containers that may hold sound or video.</param>
/// <param name="MediaType">IANA media type; that of video for undecided containers.</param>
internal sealed record MagicNumber(Modality? Modality, string MediaType);
