using System.Text;
using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.PreTokenizers;

/// <summary>Words as GPT-2 cuts them, written in the alphabet of bytes.</summary>
internal sealed class ByteLevelPreTokenizer(bool addsSpace, bool splits) : IPreTokenizer
{
    public void Apply(Segment segment)
    {
        if (addsSpace)
        {
            segment.Prepend(" ", static (segment, piece) => segment.Text.Value[piece.Start] != ' ');
        }

        if (splits)
        {
            Splitter.Split(segment, Gpt2Words.FindRuns, SplitBehavior.Isolated);
        }

        if (Ascii.IsValid(segment.Text.Value))
        {
            segment.Replace(ByteLevelAlphabet.Encode(segment.Text), segment.Pieces);
            return;
        }

        var builder = new AlignedTextBuilder(segment.Text);
        var pieces = new List<TextSpan>(segment.Pieces.Count);
        foreach (var piece in segment.Pieces)
        {
            var start = builder.Length;
            ByteLevelAlphabet.AppendTo(builder, segment.Text.Value, piece.Start, piece.End);
            pieces.Add(new TextSpan(start, builder.Length));
        }

        segment.Replace(builder.Build(), pieces);
    }
}
