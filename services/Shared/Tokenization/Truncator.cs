using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Models;

namespace Sensorium.Tokenization;

/// <summary>Drops tokens of a text, or of a pair, until what is left fits.</summary>
internal static class Truncator
{
    /// <summary>Throws <see cref="ArgumentException"/> if the strategy may not drop as much as it would have to.</summary>
    public static void Apply(List<Token> first, List<Token>? second, Truncation truncation, int added)
    {
        var room = Math.Max(0, truncation.MaxTokens - added);
        var excess = first.Count + (second?.Count ?? 0) - room;
        if (excess <= 0)
        {
            return;
        }

        if (truncation.Strategy == TruncationStrategy.LongestFirst)
        {
            var (firstLength, secondLength) = Share(first.Count, second?.Count ?? 0, room);
            Cut(first, second is null ? room : firstLength, truncation.FromLeft);
            Cut(second, secondLength, truncation.FromLeft);
            return;
        }

        var target = truncation.Strategy == TruncationStrategy.OnlyFirst ? first : second;
        if (target is null || target.Count <= excess)
        {
            throw new ArgumentException(
                $"the texts have {first.Count + (second?.Count ?? 0) + added} tokens of at most {truncation.MaxTokens}, and {truncation.Strategy} may not drop that many",
                nameof(truncation));
        }

        Cut(target, target.Count - excess, truncation.FromLeft);
    }

    // The longer one gives first; then both the same, the longer one the odd token more.
    private static (int First, int Second) Share(int first, int second, int room)
    {
        var (shorter, longer) = (Math.Min(first, second), Math.Max(first, second));
        longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
        {
            shorter = room / 2;
            longer = shorter + room % 2;
        }

        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private static void Cut(List<Token>? tokens, int length, bool fromLeft)
    {
        if (tokens is not null && tokens.Count > length)
        {
            tokens.RemoveRange(fromLeft ? 0 : length, tokens.Count - length);
        }
    }
}
