namespace Sensorium.Core.Tokenization;

/// <summary>How a text, or a pair of texts, becomes the input of a model.</summary>
public sealed record TokenizerOptions
{
    /// <summary>Opening, separating and closing tokens, as the file says.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    public AddedTokenMatching AddedTokens { get; init; } = AddedTokenMatching.None;

    /// <summary>Ranges of the first text in which special tokens are words all the same, as those that a caller wrote into a template.</summary>
    public IReadOnlyList<TextSpan> Words { get; init; } = [];

    /// <summary>Where in the texts the tokens come from; costs time.</summary>
    public bool Offsets { get; init; }

    /// <summary>Null keeps all tokens.</summary>
    public Truncation? Truncation { get; init; }

    /// <summary>Null adds no padding.</summary>
    public Padding? Padding { get; init; }
}

public enum TruncationStrategy
{
    LongestFirst,
    OnlyFirst,
    OnlySecond,
}

/// <param name="MaxTokens">Special ones included.</param>
/// <param name="FromLeft">Drop the beginnings, not the ends.</param>
public sealed record Truncation(int MaxTokens, TruncationStrategy Strategy = TruncationStrategy.LongestFirst, bool FromLeft = false);

/// <param name="Length">Of the whole sequence; null pads to <paramref name="MultipleOf"/> alone.</param>
public sealed record Padding(int? Length, int TokenId, int TypeId = 0, int MultipleOf = 1, bool OnLeft = false);
