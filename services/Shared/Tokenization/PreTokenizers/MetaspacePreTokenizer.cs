using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.PreTokenizers;

/// <summary>Spaces become a visible character that belongs to the word after it.</summary>
internal sealed class MetaspacePreTokenizer(char replacement, MetaspacePreTokenizer.PrependScheme scheme, bool splits) : IPreTokenizer
{
    internal enum PrependScheme
    {
        Always,
        First,
        Never,
    }

    public bool NeedsPlaces => scheme == PrependScheme.First;

    public static MetaspacePreTokenizer Read(JsonSection section) =>
        new(ReadReplacement(section), ReadScheme(section), section.Bool("split", true));

    public static char ReadReplacement(JsonSection section) =>
        section.RequiredString("replacement") is [var character] ? character : throw section.Required("replacement").Wrong("one character");

    public static PrependScheme ReadScheme(JsonSection section) => section.Bool("add_prefix_space", true)
        ? section.Choice("prepend_scheme", PrependScheme.Always)
        : PrependScheme.Never;

    public void Apply(Segment segment)
    {
        var text = segment.Text.Value.Replace(' ', replacement);
        segment.Replace(segment.Text.WithValue(text), segment.Pieces);
        if (scheme != PrependScheme.Never)
        {
            segment.Prepend(replacement.ToString(), (segment, piece) =>
                segment.Text.Value[piece.Start] != replacement && (scheme == PrependScheme.Always || segment.IsFirst(piece)));
        }

        if (splits)
        {
            Splitter.Split(segment, Splitter.Characters(rune => rune.Value == replacement), SplitBehavior.MergedWithNext);
        }
    }
}
