using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>Headers of live streams.</summary>
internal static class LivePlanMapping
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualWindow = TimeSpan.FromSeconds(5);

    /// <exception cref="SensoriumException">A field is none that is known here.</exception>
    public static LivePlan ToPlan(this V1.LiveHeader header, string requestId)
    {
        if (header.CachePolicy == V1.CachePolicy.Unspecified)
        {
            header.CachePolicy = V1.CachePolicy.Bypass;
        }

        var options = new V1.EncodeOptions { Model = header.Model, CachePolicy = header.CachePolicy, Priority = header.Priority };
        return new LivePlan(options.ToBatch(requestId, path: ""))
        {
            SoundModel = header.SoundModel.ToDomain(),
            Sound = header.Sound is { } sound ? new SoundFormat(ToDomain(sound.Encoding), sound.SampleRate, sound.Channels == 0 ? 1 : sound.Channels) : null,
            Watch = [.. header.Watch.Select(ToWatched)],
            SceneDistance = header.HasSceneDistance ? header.SceneDistance : null,
            Captions = header.Captions is { } captions ? ToPlan(captions, header, requestId) : null,
            SoundEvents = header.SoundEvents is { } events ? ToPlan(events) : null,
            Transcript = header.Transcript is { } transcript ? ToPlan(transcript, header, requestId) : null,
            Decisions = header.Decisions is { } decisions ? ToPlan(decisions, header, requestId) : null,
        };
    }

    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is no span of time.</exception>
    public static TimeSpan ToTime(this Duration? duration, TimeSpan absent, string field)
    {
        try
        {
            return duration?.ToTimeSpan() ?? absent;
        }
        catch (Exception error) when (error is InvalidOperationException or OverflowException)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{field} has {duration!.Seconds} seconds and {duration.Nanos} nanoseconds, which is no span of time.", field);
        }
    }

    private static WatchedWords ToWatched(V1.WatchedWords words, int index)
    {
        var modality = words.Modality.ToDomain();
        return modality is null && words.Modality != V1.Modality.Unspecified
            ? throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"watch[{index}].modality is {(int)words.Modality}, which is none of its values.", $"watch[{index}].modality")
            : new WatchedWords(words.Name, Phrases(words.Phrases), words.HasMinSimilarity ? words.MinSimilarity : null, modality) { MinRise = words.HasMinRise ? words.MinRise : null };
    }

    private static CaptionPlan ToPlan(V1.LiveCaptions captions, V1.LiveHeader header, string requestId)
    {
        var request = new V1.GenerateRequest
        {
            Model = captions.Model,
            Parameters = captions.Parameters,
            CachePolicy = header.CachePolicy,
            Priority = header.Priority,
        };
        return new CaptionPlan(request.ToJob(requestId, []), captions.Interval.ToTime(UsualInterval, "captions.interval"));
    }

    private static SoundEventPlan ToPlan(V1.LiveSoundEvents events) => new(
        [.. events.Labels.Select(label => new Label(label.Name, Phrases(label.Phrases)))], events.HasNoneThreshold ? events.NoneThreshold : null);

    private static TranscriptPlan ToPlan(V1.LiveTranscript transcript, V1.LiveHeader header, string requestId)
    {
        var request = new V1.RecognizeRequest
        {
            Model = transcript.Model,
            Parameters = transcript.Parameters,
            CachePolicy = header.CachePolicy,
            Priority = header.Priority,
        };
        var template = request.ToJob(requestId, new MediaItem("sound", new TextSource("")));
        return new TranscriptPlan(item => template with { Media = item }, transcript.Window.ToTime(UsualWindow, "transcript.window"));
    }

    private static DecisionPlan ToPlan(V1.LiveDecisions decisions, V1.LiveHeader header, string requestId)
    {
        var request = new V1.DecideRequest
        {
            Decider = decisions.Decider,
            Questions = { decisions.Questions },
            MinConfidence = decisions.MinConfidence,
            Model = decisions.Decider.Length == 0 ? header.Model : null,
            CachePolicy = header.CachePolicy,
            Priority = header.Priority,
        };
        return new DecisionPlan(request.ToDomain(requestId, deadline: null), decisions.Interval.ToTime(UsualInterval, "decisions.interval"));
    }

    private static SampleEncoding ToDomain(V1.LiveSoundEncoding encoding) => encoding switch
    {
        V1.LiveSoundEncoding.PcmS16 => SampleEncoding.Signed16,
        V1.LiveSoundEncoding.PcmF32 => SampleEncoding.Float32,
        _ => throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter, $"sound.encoding is {(int)encoding}; it must be PCM_S16 or PCM_F32.", "sound.encoding"),
    };

    private static string[] Phrases(RepeatedField<string> phrases) => [.. phrases];
}
