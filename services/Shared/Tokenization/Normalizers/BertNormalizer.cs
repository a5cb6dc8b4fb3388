using System.Text;
using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Text;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>BERT's cleaning: no control characters, plain spaces, space around Chinese characters, no accents, lower case.</summary>
internal sealed class BertNormalizer(bool cleans, bool spacesChinese, bool stripsAccents, bool lowercases) : INormalizer
{
    private static readonly Rune Space = new(' ');

    public static BertNormalizer Read(JsonSection section)
    {
        var lowercases = section.Bool("lowercase", true);
        return new BertNormalizer(
            section.Bool("clean_text", true), section.Bool("handle_chinese_chars", true), section.Bool("strip_accents", lowercases), lowercases);
    }

    public AlignedText Normalize(AlignedText text)
    {
        text = cleans ? RuneEdits.Map(text, Clean) : text;
        text = spacesChinese ? SpaceChinese(text) : text;
        if (stripsAccents)
        {
            text = UnicodeNormalization.Apply(text, compatible: false, composes: false);
            text = RuneEdits.Remove(text, CharacterKinds.IsNonSpacingMark);
        }

        return lowercases ? UnicodeLowercase.Apply(text) : text;
    }

    private static Rune? Clean(Rune rune) =>
        rune.Value is 0 or 0xFFFD || CharacterKinds.IsControl(rune) ? null : Rune.IsWhiteSpace(rune) ? Space : rune;

    private static AlignedText SpaceChinese(AlignedText text)
    {
        if (!text.Value.EnumerateRunes().Any(IsChinese))
        {
            return text;
        }

        var builder = new AlignedTextBuilder(text);
        var from = 0;
        foreach (var rune in text.Value.EnumerateRunes())
        {
            var to = from + rune.Utf16SequenceLength;
            if (IsChinese(rune))
            {
                builder.Append(" ", from, from);
                builder.Copy(from, to);
                builder.Append(" ", to, to);
            }
            else
            {
                builder.Copy(from, to);
            }

            from = to;
        }

        return builder.Build();
    }

    // The ranges of the original, gaps included.
    private static bool IsChinese(Rune rune) => rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
