namespace Sensorium.Core.Tokenization;

/// <summary>The input that texts become; all lists are of one length.</summary>
public sealed record TokenEncoding
{
    public required IReadOnlyList<int> Ids { get; init; }

    public required IReadOnlyList<int> TypeIds { get; init; }

    /// <summary>0 for padding, 1 for everything else.</summary>
    public required IReadOnlyList<int> AttentionMask { get; init; }

    /// <summary>0 for tokens of the text, 1 for those of its pair, -1 for special ones and padding.</summary>
    public required IReadOnlyList<int> Sequences { get; init; }

    /// <summary>The part of its text that each token stands for; empty ranges for special tokens. Null if not asked for.</summary>
    public required IReadOnlyList<TextSpan>? Offsets { get; init; }

    /// <summary>How many tokens there were before any were dropped.</summary>
    public required int FullCount { get; init; }
}
