using System.Text;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>Changes of a text character by character.</summary>
internal static class RuneEdits
{
    public static AlignedText Remove(AlignedText text, Func<Rune, bool> isRemoved) =>
        Map(text, rune => isRemoved(rune) ? null : rune);

    /// <summary>Puts another character, or none, in the place of each. The text itself comes back if nothing changes.</summary>
    public static AlignedText Map(AlignedText text, Func<Rune, Rune?> map)
    {
        AlignedTextBuilder? builder = null;
        var from = 0;
        foreach (var rune in text.Value.EnumerateRunes())
        {
            var to = from + rune.Utf16SequenceLength;
            var mapped = map(rune);
            if (builder is null && mapped != rune)
            {
                builder = new AlignedTextBuilder(text);
                builder.Copy(0, from);
            }

            if (mapped is { } kept)
            {
                builder?.Append(kept, from, to);
            }

            from = to;
        }

        return builder?.Build() ?? text;
    }
}
