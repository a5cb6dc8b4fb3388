using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>What something is about: a time of the stream, and when the last of it came in.</summary>
/// <param name="Range">The caller's time. Of a frame, both ends are the same.</param>
/// <param name="Arrived">Timestamp of the clock of this process.</param>
internal readonly record struct LiveMoment(TimeRange Range, long Arrived)
{
    public static LiveMoment At(TimeSpan time, long arrived) => new(new TimeRange(time, time), arrived);
}

/// <summary>Something that was noticed.</summary>
internal abstract record LiveEvent(LiveMoment Moment)
{
    /// <summary>From the arrival of what it is about until it is told.</summary>
    public TimeSpan Lateness { get; init; }
}

internal sealed record LiveStarted(LiveMoment Moment, IReadOnlyList<ModelIdentity> Models) : LiveEvent(Moment);

/// <param name="Distance">From the frame before.</param>
internal sealed record SceneChanged(LiveMoment Moment, float Distance) : LiveEvent(Moment);

internal sealed record FrameCaptioned(LiveMoment Moment, string Text) : LiveEvent(Moment);

internal sealed record AlertRaised(LiveMoment Moment, string Name, Modality Modality, float Similarity, bool Ended) : LiveEvent(Moment);

/// <param name="Label">Empty for none of them.</param>
/// <param name="Similarity">0 for labels of the model's own.</param>
/// <param name="Score">0 for labels in words.</param>
internal sealed record SoundHeard(LiveMoment Moment, string Label, float Similarity, float Score) : LiveEvent(Moment);

/// <param name="Segment">In the time of the stream.</param>
internal sealed record SpeechWritten(LiveMoment Moment, TranscriptSegment Segment) : LiveEvent(Moment);

internal sealed record FrameDecided(LiveMoment Moment, CaseOutcome Outcome) : LiveEvent(Moment);

/// <param name="Part">As in <see cref="LiveParts"/>.</param>
internal sealed record PartFailed(LiveMoment Moment, string Part, SensoriumException Error) : LiveEvent(Moment);

/// <param name="Counts">By part.</param>
/// <param name="Finished">All that came in has been dealt with.</param>
internal sealed record LiveProgress(LiveMoment Moment, IReadOnlyDictionary<string, LiveCount> Counts, bool Finished) : LiveEvent(Moment);

/// <param name="Offered">That came up for it.</param>
/// <param name="Done">That were looked at.</param>
/// <param name="Skipped">That there was no time for.</param>
/// <param name="Failed">That could not be looked at.</param>
internal readonly record struct LiveCount(long Offered, long Done, long Skipped, long Failed);

/// <summary>What looks at a stream, as callers name it.</summary>
internal static class LiveParts
{
    public const string Frames = "frames";
    public const string Sound = "sound";
    public const string Captions = "captions";
    public const string Transcript = "transcript";
    public const string Decisions = "decisions";
}
