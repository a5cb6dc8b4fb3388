using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>Everything that the endpoint writes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionResponse))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
internal sealed partial class DecisionsJson : JsonSerializerContext;

/// <param name="Notice">Beyond the shape of the API: what the answers are not.</param>
internal sealed record DecisionResponse(string Model, IReadOnlyList<DecisionEntry> Answers, DecisionUsage Usage, string Notice);

/// <summary>An answer of any type; members that its type does not have are left out.</summary>
internal sealed record DecisionEntry(string Type, string? Name)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Choice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProbabilityEntry>? Probabilities { get; init; }

    /// <summary>Beyond the shape of the API, as all that follows: why the question is refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public bool Calibrated { get; init; }

    public IReadOnlyList<EvidenceEntry> Evidence { get; init; } = [];

    public IReadOnlyList<SimilarEntry> SimilarCases { get; init; } = [];

    /// <summary>Present if it was asked for: what the parts of media weigh.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MediumEntry>? Media { get; init; }
}

/// <param name="Modality">Whose encoder read it.</param>
/// <param name="LogOdds">What the evidence for the answer adds up to.</param>
/// <param name="Weights">Of its cells, spans or words.</param>
internal sealed record MediumEntry(string Id, string Modality, double LogOdds, IReadOnlyList<double> Weights)
{
    /// <summary>Of a picture: rows and columns of equal cells, from the top left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Grid { get; init; }

    /// <summary>Of a sound or clip: start and end of each span, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<double>>? Spans { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Words { get; init; }
}

/// <param name="Value">Of a choice its string or boolean, of a score its level, counted from 0.</param>
internal sealed record ProbabilityEntry(
    double Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label);

internal sealed record EvidenceEntry(string Kind, string Part, string Where, string Said, double Weight);

internal sealed record SimilarEntry(string Id, double Similarity, string Outcome);

/// <summary>No tokens are generated.</summary>
internal sealed record DecisionUsage(long InputTokens)
{
    public long OutputTokens { get; init; }

    public long TotalTokens => InputTokens;

    public CachedTokens InputTokensDetails { get; } = new(0, 0);

    public ReasoningTokens OutputTokensDetails { get; } = new(0);
}

internal sealed record CachedTokens(long CacheWriteTokens, [property: JsonPropertyName("cached_tokens")] long Cached);

internal sealed record ReasoningTokens([property: JsonPropertyName("reasoning_tokens")] long Count);
