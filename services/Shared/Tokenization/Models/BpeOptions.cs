namespace Sensorium.Tokenization.Models;

/// <summary>What two neighbours become, and which merges come first: those of lower rank.</summary>
internal readonly record struct BpeMerge(int Rank, int MergedId);

internal sealed record BpeOptions
{
    /// <summary>Before every character of a piece but the first.</summary>
    public required string Prefix { get; init; }

    /// <summary>After the last character of a piece.</summary>
    public required string Suffix { get; init; }

    /// <summary>For characters that are not in the vocabulary; null drops them.</summary>
    public required int? UnknownId { get; init; }

    /// <summary>One unknown token for a run of them.</summary>
    public required bool FusesUnknown { get; init; }

    /// <summary>Tokens such as &lt;0xE2&gt; for the bytes of a character that is not in the vocabulary.</summary>
    public required bool ByteFallback { get; init; }

    /// <summary>A piece that is in the vocabulary is one token, whatever the merges make of it.</summary>
    public required bool IgnoresMerges { get; init; }
}
