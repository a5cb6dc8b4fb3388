using System.Runtime.InteropServices;
using System.Text;
using Sensorium.Core.Tokenization;

namespace Sensorium.Tokenization.Text;

/// <summary>Cuts the pieces of a segment at delimiters.</summary>
internal static class Splitter
{
    private const int UsualWordLength = 4;

    /// <summary>A run of the text: a delimiter, or what lies between two.</summary>
    internal readonly record struct Run(int Start, int End, bool IsDelimiter);

    /// <summary>Adds the runs of text[start..end), which together cover it.</summary>
    internal delegate void RunFinder(string text, int start, int end, List<Run> runs);

    public static void Split(Segment segment, RunFinder find, SplitBehavior behavior)
    {
        var usual = segment.Text.Length / UsualWordLength + segment.Pieces.Count;
        var pieces = new List<TextSpan>(usual);
        var runs = new List<Run>(usual);
        foreach (var piece in segment.Pieces)
        {
            runs.Clear();
            find(segment.Text.Value, piece.Start, piece.End, runs);
            AddPieces(runs, behavior, pieces);
        }

        segment.ReplacePieces(pieces);
    }

    /// <summary>Every character that is one is a delimiter of its own.</summary>
    public static RunFinder Characters(Func<Rune, bool> isDelimiter) => (text, start, end, runs) =>
    {
        var open = start;
        for (var i = start; i < end;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i, end - i), out var rune, out var length);
            if (isDelimiter(rune))
            {
                AddRun(runs, open, i, isDelimiter: false);
                AddRun(runs, i, i + length, isDelimiter: true);
                open = i + length;
            }

            i += length;
        }

        AddRun(runs, open, end, isDelimiter: false);
    };

    /// <summary>Runs of delimiters become what lies between them, and the other way round.</summary>
    public static RunFinder Invert(RunFinder find) => (text, start, end, runs) =>
    {
        find(text, start, end, runs);
        foreach (ref var run in CollectionsMarshal.AsSpan(runs))
        {
            run = run with { IsDelimiter = !run.IsDelimiter };
        }
    };

    public static void AddRun(List<Run> runs, int start, int end, bool isDelimiter)
    {
        if (end > start)
        {
            runs.Add(new Run(start, end, isDelimiter));
        }
    }

    private static void AddPieces(List<Run> runs, SplitBehavior behavior, List<TextSpan> pieces)
    {
        var first = pieces.Count;
        var previousIsDelimiter = false;
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            var joinsPrevious = i > 0 && JoinsPrevious(runs, i, behavior, previousIsDelimiter);
            previousIsDelimiter = run.IsDelimiter;
            if (joinsPrevious)
            {
                pieces[^1] = pieces[^1] with { End = run.End };
            }
            else if (behavior != SplitBehavior.Removed || !run.IsDelimiter)
            {
                pieces.Add(new TextSpan(run.Start, run.End));
            }
        }

        if (behavior == SplitBehavior.MergedWithNext)
        {
            MergeWithNext(runs, pieces, first);
        }
    }

    private static bool JoinsPrevious(List<Run> runs, int index, SplitBehavior behavior, bool previousIsDelimiter) => behavior switch
    {
        SplitBehavior.Contiguous => runs[index].IsDelimiter == previousIsDelimiter,
        SplitBehavior.MergedWithPrevious => runs[index].IsDelimiter && !previousIsDelimiter,
        _ => false,
    };

    // A delimiter joins what follows, unless that is a delimiter too.
    private static void MergeWithNext(List<Run> runs, List<TextSpan> pieces, int first)
    {
        pieces.RemoveRange(first, pieces.Count - first);
        for (var i = 0; i < runs.Count; i++)
        {
            var joins = runs[i].IsDelimiter && i + 1 < runs.Count && !runs[i + 1].IsDelimiter;
            pieces.Add(new TextSpan(runs[i].Start, joins ? runs[i + 1].End : runs[i].End));
            i += joins ? 1 : 0;
        }
    }
}
