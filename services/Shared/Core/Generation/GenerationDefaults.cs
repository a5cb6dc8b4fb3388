namespace Sensorium.Core.Generation;

/// <summary>The pack's generation_config.json: what a request gets for parameters that it leaves out.</summary>
public sealed record GenerationDefaults
{
    /// <summary>Fed before the prompt.</summary>
    public required int StartTokenId { get; init; }

    /// <summary>Any of these ends a caption.</summary>
    public required IReadOnlyList<int> EndTokenIds { get; init; }

    /// <summary>Never produced: padding and the like.</summary>
    public IReadOnlyList<int> SuppressedTokenIds { get; init; } = [];

    /// <summary>Null: what <see cref="MaxLength"/> leaves.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Start token, prompt and output together; null: the decoder's capacity.</summary>
    public int? MaxLength { get; init; }

    /// <summary>0 is greedy; generation_config.json says it as do_sample = false.</summary>
    public float Temperature { get; init; }

    public float TopP { get; init; } = 1;

    public int TopK { get; init; }

    public int NumBeams { get; init; } = 1;

    public float LengthPenalty { get; init; } = 1;

    public float RepetitionPenalty { get; init; } = 1;
}
