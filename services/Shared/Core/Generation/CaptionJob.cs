using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation;

/// <summary>One request for captions, or for the answer to a conversation.</summary>
/// <param name="Prompt">Text that the caption continues; null or empty for none.</param>
/// <param name="Deadline">When the caller gives up; null if it did not say. Decides how long the request may wait, and goes on to remote services.</param>
public sealed record CaptionJob(
    string RequestId,
    IReadOnlyList<MediaItem> Media,
    string? Prompt,
    GenerationParameters Parameters,
    bool AllowPartial = false,
    bool Explain = false,
    ModelSelector? Model = null,
    CacheMode Cache = CacheMode.ReadWrite,
    RequestPriority Priority = RequestPriority.Normal,
    DateTimeOffset? Deadline = null)
{
    /// <summary>A conversation that <see cref="Media"/> are parts of and that is to be answered; empty where media are to be described.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>Whose request it is; null until it has been told.</summary>
    public Tenant? Tenant { get; init; }
}

/// <summary>Null means the pack's default. Meanings and formulas are in protos/sensorium/v1/generation.proto.</summary>
public sealed record GenerationParameters
{
    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public int? MaxNewTokens { get; init; }

    /// <summary>The end token cannot be chosen before this many new tokens.</summary>
    public int? MinNewTokens { get; init; }

    public int? NumBeams { get; init; }

    public float? LengthPenalty { get; init; }

    public float? RepetitionPenalty { get; init; }

    /// <summary>No run of so many tokens occurs twice; 0 is off.</summary>
    public int? NoRepeatNgramSize { get; init; }

    public ulong? Seed { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public int? Choices { get; init; }

    /// <summary>The text, given: what these tokens are produced for is how likely the model finds them. Empty lets it choose.</summary>
    public IReadOnlyList<int> ForcedTokenIds { get; init; } = [];
}
