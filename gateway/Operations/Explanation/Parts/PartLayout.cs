using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>What the parts of a medium are.</summary>
/// <param name="Count">How many there are.</param>
internal abstract record PartLayout(int Count);

/// <summary>A picture, upright, in equal cells, row after row.</summary>
internal sealed record GridLayout(int Rows, int Columns) : PartLayout(Rows * Columns);

/// <summary>Spans of time that follow one another, counted from the beginning of the medium.</summary>
internal sealed record TimeLayout(IReadOnlyList<TimeRange> Ranges) : PartLayout(Ranges.Count)
{
    /// <summary>Equal parts of a span.</summary>
    public static TimeLayout Divide(TimeSpan from, TimeSpan until, int parts) => new(
    [
        .. Enumerable.Range(0, parts).Select(part =>
            new TimeRange(from + ((until - from) * part / parts), from + ((until - from) * (part + 1) / parts))),
    ]);
}

/// <summary>Words of a text; what lies between them belongs to none.</summary>
internal sealed record WordLayout(string Text, IReadOnlyList<WordSpan> Words) : PartLayout(Words.Count);

/// <param name="Start">In UTF-16 units.</param>
/// <param name="Length">In UTF-16 units.</param>
internal readonly record struct WordSpan(int Start, int Length);
