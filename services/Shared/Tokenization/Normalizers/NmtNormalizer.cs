using System.Text;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>Drops control characters and turns odd spaces into plain ones, as machine translation models expect.</summary>
internal static class NmtNormalizer
{
    private static readonly Rune Space = new(' ');

    public static AlignedText Apply(AlignedText text) => RuneEdits.Map(text, Map);

    private static Rune? Map(Rune rune) => rune.Value switch
    {
        (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F => null,
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => Space,
        _ => rune,
    };
}
