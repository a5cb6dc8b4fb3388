using System.Text.Json;
using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization;

/// <summary>Reads the sections "truncation" and "padding".</summary>
internal static class LengthReader
{
    private enum Direction
    {
        Right,
        Left,
    }

    public static Truncation ReadTruncation(JsonSection section) => new(
        section.Required("max_length").AsInt(),
        section.Choice("strategy", TruncationStrategy.LongestFirst),
        section.Choice("direction", Direction.Right) == Direction.Left);

    public static Padding ReadPadding(JsonSection section) => new(
        ReadLength(section),
        section.Int("pad_id", 0),
        section.Int("pad_type_id", 0),
        Math.Max(1, section.Int("pad_to_multiple_of", 1)),
        section.Choice("direction", Direction.Right) == Direction.Left);

    // "BatchLongest", or { "Fixed": 77 }. A batch of one needs no padding.
    private static int? ReadLength(JsonSection section) =>
        section.Optional("strategy") is { Element.ValueKind: JsonValueKind.Object } strategy ? strategy.Required("Fixed").AsInt() : null;
}
