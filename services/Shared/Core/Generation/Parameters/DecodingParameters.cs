using Sensorium.Core.Generation.Rules;

namespace Sensorium.Core.Generation.Parameters;

/// <summary>The parameters of one request, checked, with the pack's defaults filled in.</summary>
internal sealed record DecodingParameters
{
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

    /// <summary>The repetition penalty counts start token and prompt as well.</summary>
    public bool PenalisesPrompt { get; init; }

    /// <summary>No run of so many tokens occurs twice; 0 is off.</summary>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>Sequences of tokens that are never completed.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ForbiddenWords { get; init; } = [];

    /// <summary>Never chosen.</summary>
    public IReadOnlyList<int> SuppressedTokenIds { get; init; } = [];

    /// <summary>Not chosen first.</summary>
    public IReadOnlyList<int> SuppressedAtStart { get; init; } = [];

    /// <summary>Tokens of certain places, counted from the start token at 0.</summary>
    public IReadOnlyDictionary<int, int> ForcedTokens { get; init; } = new Dictionary<int, int>();

    /// <summary>The output, given by the request; empty: it is chosen.</summary>
    public IReadOnlyList<int> GivenTokens { get; init; } = [];

    /// <summary>Chosen last where the longest output is reached; empty: the output is cut off there.</summary>
    public IReadOnlyList<int> ForcedEndIds { get; init; } = [];

    /// <summary>One of these is chosen first; empty: any.</summary>
    public IReadOnlyList<int> AllowedAtStart { get; init; } = [];

    /// <summary>How tokens that mean times are placed; null for a text without them.</summary>
    public TimestampRule? Timestamps { get; init; }

    public bool Samples => Temperature > 0;

    public bool SearchesBeams => NumBeams > 1;

    /// <summary>Sequences that run side by side.</summary>
    public int Rows => SearchesBeams ? NumBeams : Choices;
}
