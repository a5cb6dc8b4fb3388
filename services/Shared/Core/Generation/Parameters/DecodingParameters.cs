namespace Sensorium.Core.Generation.Parameters;

/// <summary>The parameters of one request, checked, with the pack's defaults filled in.</summary>
internal sealed record DecodingParameters
{
    public required float Temperature { get; init; }

    public required float TopP { get; init; }

    public required int TopK { get; init; }

    public required int MaxNewTokens { get; init; }

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
}
