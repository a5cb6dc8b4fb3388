namespace Sensorium.Core.Generation.Parameters;

/// <summary>The parameters of one request, checked, with the pack's defaults filled in.</summary>
internal sealed record DecodingParameters
{
    private IReadOnlyList<int>? _suppressedWithEnds;

    public required float Temperature { get; init; }

    public required float TopP { get; init; }

    public required int TopK { get; init; }

    public required int MaxNewTokens { get; init; }

    /// <summary>The end tokens cannot be chosen before this many tokens.</summary>
    public int MinNewTokens { get; init; }

    public required int NumBeams { get; init; }

    public required float LengthPenalty { get; init; }

    public required float RepetitionPenalty { get; init; }

    public required ulong Seed { get; init; }

    public required int Choices { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public required IReadOnlyList<int> EndTokenIds { get; init; }

    public IReadOnlyList<int> SuppressedTokenIds { get; init; } = [];

    public bool Samples => Temperature > 0;

    public bool SearchesBeams => NumBeams > 1;

    /// <summary>Sequences that run side by side.</summary>
    public int Rows => SearchesBeams ? NumBeams : Choices;

    /// <summary>Tokens that cannot be chosen next by a sequence that has so many already.</summary>
    public IReadOnlyList<int> SuppressedAfter(int tokens) => tokens < MinNewTokens
        ? _suppressedWithEnds ??= [.. SuppressedTokenIds, .. EndTokenIds]
        : SuppressedTokenIds;
}
