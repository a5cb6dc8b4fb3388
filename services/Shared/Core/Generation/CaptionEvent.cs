using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Regions;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation;

/// <summary>One event of a caption stream.</summary>
public abstract record CaptionEvent(int ChoiceIndex);

/// <param name="QueuePosition">Sequences of other requests that go before this one as it joins the queue; 0 if none waits.</param>
/// <param name="Media">One for each medium, and for each track of a video that was fused, in the order of fusion.</param>
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
    int ChoiceIndex,
    IReadOnlyList<int> TokenIds,
    string Text,
    IReadOnlyList<float> LogProbs,
    IReadOnlyList<TokenAttention> Attention) : CaptionEvent(ChoiceIndex);

/// <summary>What one generated token looked at: its cross-attention, as the mean over heads and layers.</summary>
/// <param name="MediaWeights">One for each entry of <see cref="CaptionStarted.Media"/>, in that order; they sum to 1.</param>
/// <param name="TokenWeights">One for each fused feature token, medium after medium; they sum to 1, and those of a medium to its weight.</param>
public sealed record TokenAttention(IReadOnlyList<float> MediaWeights, IReadOnlyList<float> TokenWeights);

public sealed record CaptionMediaError(string ItemId, SensoriumException Error) : CaptionEvent(0);

/// <param name="SeedUsed">0 if nothing was sampled.</param>
/// <param name="Score">Sum of the log-probabilities of the choice.</param>
public sealed record CaptionFinished(
    int ChoiceIndex,
    string Text,
    CaptionFinishReason Reason,
    GenerationUsage Usage,
    GenerationTiming Timing,
    ModelIdentity Model,
    ulong SeedUsed,
    float Score) : CaptionEvent(ChoiceIndex)
{
    /// <summary>Parts of the picture that the text names, where it was asked for them.</summary>
    public IReadOnlyList<AnswerRegion> Regions { get; init; } = [];
}

public enum CaptionFinishReason
{
    End = 1,
    Length = 2,
    StopSequence = 3,
}

/// <param name="PromptTokens">Of the caller's prompt, without the start token; of a conversation all that the model read of it, media included.</param>
/// <param name="FusedTokens">Feature tokens of all media that the decoder attended to.</param>
/// <param name="GeneratedTokens">Of this choice, without the closing token.</param>
public sealed record GenerationUsage(int PromptTokens, int FusedTokens, int GeneratedTokens);

/// <summary>Where the time of one request went.</summary>
/// <param name="Encode">From the call until all media had been encoded.</param>
/// <param name="Queue">From joining the queue until the request got its slots.</param>
/// <param name="TimeToFirstToken">From the call; zero if no token came.</param>
/// <param name="Total">From the call until this choice ended.</param>
public sealed record GenerationTiming(TimeSpan Encode, TimeSpan Queue, TimeSpan TimeToFirstToken, TimeSpan Total);
