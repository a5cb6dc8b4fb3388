using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation;

/// <summary>One event of a caption stream.</summary>
public abstract record CaptionEvent(int ChoiceIndex);

public sealed record CaptionStarted(
    int QueuePosition,
    IReadOnlyList<CaptionMediaStatus> Media,
    IReadOnlyList<MediaWarning> Warnings) : CaptionEvent(0);

/// <param name="Tokens">Feature tokens that entered the fused sequence.</param>
public sealed record CaptionMediaStatus(
    string ItemId,
    Modality Modality,
    MediaTrack Track,
    CacheStatus CacheStatus,
    int SegmentsAvailable,
    int SegmentsUsed,
    int Tokens,
    ModelIdentity? Model,
    EncodeTiming Timing);

/// <param name="LogProbs">Natural logarithms, one per token, before temperature and penalties.</param>
/// <param name="Attention">One row per token if explanation was asked for, else empty.</param>
public sealed record CaptionDelta(
    int Choice,
    IReadOnlyList<int> TokenIds,
    string Text,
    IReadOnlyList<float> LogProbs,
    IReadOnlyList<TokenAttention> Attention) : CaptionEvent(Choice);

/// <summary>Mean cross-attention of one token over heads and layers; the weights sum to 1.</summary>
public sealed record TokenAttention(IReadOnlyList<float> MediaWeights, IReadOnlyList<float> TokenWeights);

public sealed record CaptionMediaError(string ItemId, SensoriumException Error) : CaptionEvent(0);

/// <param name="SeedUsed">0 if nothing was sampled.</param>
/// <param name="Score">Sum of the log-probabilities of the choice.</param>
public sealed record CaptionFinished(
    int Choice,
    string Text,
    CaptionFinishReason Reason,
    GenerationUsage Usage,
    GenerationTiming Timing,
    ModelIdentity Model,
    ulong SeedUsed,
    float Score) : CaptionEvent(Choice);

public enum CaptionFinishReason
{
    End = 1,
    Length = 2,
    StopSequence = 3,
}

public sealed record GenerationUsage(int PromptTokens, int FusedTokens, int GeneratedTokens);

public sealed record GenerationTiming(TimeSpan Encode, TimeSpan Queue, TimeSpan TimeToFirstToken, TimeSpan Total);
