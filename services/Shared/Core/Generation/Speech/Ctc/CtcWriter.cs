using System.Numerics.Tensors;
using System.Text;
using Sensorium.Core.Encoding;

namespace Sensorium.Core.Generation.Speech.Ctc;

/// <summary>
/// Follows the likeliest path through the scores of a sound's frames and joins it to words: an id that repeats is one, blanks stand for
/// nothing. Words may begin in one window of sound and end in the next.
/// </summary>
internal sealed class CtcWriter(CtcModel model)
{
    private readonly List<CtcToken> _open = [];
    private int _last = -1;
    private bool _hasWords;

    /// <summary>Reads frames of a window.</summary>
    /// <param name="first">Of the frames to read, in the window.</param>
    /// <param name="end">The frame behind the last to read.</param>
    /// <param name="offset">Of the window's first frame, in the sound.</param>
    public void Read(FeatureSequence scores, int first, int end, int offset)
    {
        for (var frame = first; frame < end; frame++)
        {
            var row = scores.Data.Span.Slice(frame * scores.Width, scores.Width);
            var id = TensorPrimitives.IndexOfMax(row);
            if (id == model.BlankId)
            {
                _last = id;
            }
            else if (id == _last)
            {
                _open[^1] = _open[^1] with { End = offset + frame + 1 };
            }
            else
            {
                _open.Add(new CtcToken(_last = id, offset + frame, offset + frame + 1, LogProb(row, id)));
            }
        }
    }

    /// <summary>The words that have ended since the last call.</summary>
    /// <param name="all">Nothing follows, so that the last word has ended too.</param>
    public CtcWords Take(bool all)
    {
        // A token that goes on into the next window stays.
        var count = all ? _open.Count : _open.FindLastIndex(token => token.Id == model.DelimiterId) + 1;
        if (!all && model.DelimiterId is null)
        {
            count = Math.Max(0, _open.Count - 1);
        }

        if (count == _open.Count && !all)
        {
            count--;
        }

        CtcToken[] tokens = [.. _open.Take(Math.Max(0, count))];
        _open.RemoveRange(0, tokens.Length);
        return new CtcWords(tokens, [.. Words(tokens)]);
    }

    private IEnumerable<CtcWord> Words(CtcToken[] tokens)
    {
        var first = 0;
        for (var i = 0; i <= tokens.Length; i++)
        {
            if (i < tokens.Length && model.DelimiterId is not null && tokens[i].Id != model.DelimiterId)
            {
                continue;
            }

            // Without delimiters, each token is a word.
            var end = model.DelimiterId is null && i < tokens.Length ? i + 1 : i;
            if (Word(tokens[first..end]) is { } word)
            {
                yield return word;
            }

            first = i + 1;
        }
    }

    private CtcWord? Word(CtcToken[] tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            text.Append(token.Id < model.Characters.Count ? model.Characters[token.Id] : "");
        }

        if (text.Length == 0)
        {
            return null;
        }

        var space = _hasWords && model.DelimiterId is not null ? " " : "";
        _hasWords = true;
        return new CtcWord(space + text, tokens[0].Start, tokens[^1].End);
    }

    private static float LogProb(ReadOnlySpan<float> row, int id)
    {
        var (most, sum) = (row[id], 0.0);
        foreach (var score in row)
        {
            sum += Math.Exp(score - most);
        }

        return (float)-Math.Log(sum);
    }
}

/// <param name="Start">Its first frame.</param>
/// <param name="End">The frame behind its last.</param>
/// <param name="LogProb">Where it begins.</param>
internal readonly record struct CtcToken(int Id, int Start, int End, float LogProb);

/// <param name="Text">With the white space before it.</param>
/// <param name="Start">Its first frame.</param>
/// <param name="End">The frame behind its last.</param>
internal sealed record CtcWord(string Text, int Start, int End);

/// <param name="Tokens">Those between words included.</param>
internal sealed record CtcWords(IReadOnlyList<CtcToken> Tokens, IReadOnlyList<CtcWord> Words);
