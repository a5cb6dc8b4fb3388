using System.Buffers.Binary;
using System.Text;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sniffing;

/// <summary>Tells files of boxes (ISO/IEC 14496-12) apart by their first box and its brands.</summary>
internal static class IsoMedia
{
    private const int BoxHeader = 8;
    private const int Brand = 4;

    public static MagicNumber? Identify(ReadOnlySpan<byte> head)
    {
        if (head.Length < BoxHeader + Brand)
        {
            return null;
        }

        return Text(head[4..]) switch
        {
            "ftyp" => ByBrands(Text(head[8..]), head),
            "styp" => new(null, "video/mp4"),
            // Old QuickTime files begin with any other box.
            "moov" or "mdat" or "wide" => new(null, "video/quicktime"),
            "free" or "skip" => Identify(AfterFirstBox(head)) ?? new(null, "video/quicktime"),
            _ => null,
        };
    }

    private static MagicNumber ByBrands(string major, ReadOnlySpan<byte> head) => major switch
    {
        "avif" or "avis" or "MA1A" or "MA1B" => new(Modality.Image, "image/avif"),
        "heic" or "heix" or "heim" or "heis" => new(Modality.Image, "image/heic"),
        // Says "a picture" without the codec, which is among the compatible brands.
        "mif1" or "msf1" or "miaf" => new(Modality.Image, IsCompatible(head, "avif", "avis") ? "image/avif" : "image/heic"),
        "M4A " or "M4B " => new(Modality.Audio, "audio/mp4"),
        "qt  " => new(null, "video/quicktime"),
        _ => new(null, "video/mp4"),
    };

    private static bool IsCompatible(ReadOnlySpan<byte> head, params ReadOnlySpan<string> brands)
    {
        var end = (int)Math.Min((uint)head.Length, BinaryPrimitives.ReadUInt32BigEndian(head));
        for (var at = BoxHeader + (2 * Brand); at + Brand <= end; at += Brand)
        {
            if (brands.Contains(Text(head[at..])))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> AfterFirstBox(ReadOnlySpan<byte> head)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(head);
        return size >= BoxHeader && size < head.Length ? head[(int)size..] : [];
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes[..Brand]);
}
