namespace Sensorium.Core.Generation;

/// <summary>The model's generation_config.json: what a request gets for parameters that it leaves out.</summary>
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

    /// <summary>The repetition penalty counts start token and prompt as well, as Hugging Face's does.</summary>
    public bool PenalisesPrompt { get; init; }

    /// <summary>No run of so many tokens occurs twice; 0 is off.</summary>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>Sequences of tokens that are never completed.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ForbiddenWords { get; init; } = [];

    public int MinNewTokens { get; init; }

    /// <summary>Start token, prompt and output together; 0: any.</summary>
    public int MinLength { get; init; }

    /// <summary>Not produced first.</summary>
    public IReadOnlyList<int> SuppressedAtStart { get; init; } = [];

    /// <summary>Tokens of certain places, counted from the start token at 0.</summary>
    public IReadOnlyDictionary<int, int> ForcedTokens { get; init; } = new Dictionary<int, int>();

    /// <summary>Produced last where the longest output is reached; empty: the output is cut off there.</summary>
    public IReadOnlyList<int> ForcedEndIds { get; init; } = [];
}
