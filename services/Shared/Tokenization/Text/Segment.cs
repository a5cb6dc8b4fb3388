using Sensorium.Core.Tokenization;

namespace Sensorium.Tokenization.Text;

/// <summary>
/// Normalized text between added tokens, and the pieces that pre-tokenizers cut it into. What lies between two pieces is
/// dropped.
/// </summary>
internal sealed class Segment(AlignedText text)
{
    public AlignedText Text { get; private set; } = text;

    /// <summary>Never empty ones; in order.</summary>
    public List<TextSpan> Pieces { get; private set; } = [new TextSpan(0, text.Length)];

    public ReadOnlySpan<char> Span(TextSpan piece) => Text.Value.AsSpan(piece.Start, piece.Length);

    /// <summary>Whether nothing of the caller's text lies before the piece.</summary>
    public bool IsFirst(TextSpan piece) => Text.StartOf(piece.Start) == 0;

    public void ReplacePieces(List<TextSpan> pieces) => Pieces = pieces;

    public void Replace(AlignedText text, List<TextSpan> pieces)
    {
        Text = text;
        Pieces = pieces;
    }

    /// <summary>Puts a prefix before the pieces that ask for one.</summary>
    public void Prepend(string prefix, Func<Segment, TextSpan, bool> wantsPrefix)
    {
        if (!Pieces.Exists(piece => wantsPrefix(this, piece)))
        {
            return;
        }

        var builder = new AlignedTextBuilder(Text);
        var pieces = new List<TextSpan>(Pieces.Count);
        foreach (var piece in Pieces)
        {
            var start = builder.Length;
            if (wantsPrefix(this, piece))
            {
                builder.Append(prefix, piece.Start, piece.Start);
            }

            builder.Copy(piece.Start, piece.End);
            pieces.Add(new TextSpan(start, builder.Length));
        }

        Replace(builder.Build(), pieces);
    }
}
