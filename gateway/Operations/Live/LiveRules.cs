using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Classification;
using static Sensorium.Gateway.Operations.FieldRules;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Checks a plan before anything is read. Names the field.</summary>
internal static class LiveRules
{
    private const int MinSampleRate = 8_000;
    private const int MaxSampleRate = 192_000;
    private const int MaxChannels = 8;

    private static readonly TimeSpan MaxInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWindow = TimeSpan.FromSeconds(30);

    /// <exception cref="SensoriumException">INVALID_PARAMETER, for the first fault found.</exception>
    public static void Check(LivePlan plan, LiveOptions options)
    {
        CheckSound(plan);
        for (var i = 0; i < plan.Watch.Count; i++)
        {
            CheckWatched(plan.Watch[i], $"watch[{i}]", plan.Sound);
        }

        QuestionRules.CheckNames([.. plan.Watch.Select(words => new Label(words.Name, words.Phrases))], "watch");
        QuestionRules.CheckNames(plan.SoundEvents?.Labels ?? [], "sound_events.labels");
        var phrases = plan.Watch.Sum(words => Math.Max(1, words.Phrases.Count)) + (plan.SoundEvents?.Labels.Sum(label => Math.Max(1, label.Phrases.Count)) ?? 0);
        Require(phrases <= options.MaxPhrases, "watch", $"and sound_events.labels have {phrases} phrases; at most {options.MaxPhrases} are compared in one stream");
        Require(plan.SceneDistance is null or (>= 0 and <= 2), "scene_distance", $"is {plan.SceneDistance}; a distance is in [0, 2]");
        Require(plan.SoundEvents?.NoneThreshold is null or (>= -1 and <= 1), "sound_events.none_threshold", $"is {plan.SoundEvents?.NoneThreshold}; a similarity is in [-1, 1]");
        CheckInterval(plan.Captions?.Interval, "captions.interval");
        CheckInterval(plan.Decisions?.Interval, "decisions.interval");
        Require(
            plan.Transcript is null || (plan.Transcript.Window >= MinWindow && plan.Transcript.Window <= MaxWindow),
            "transcript.window",
            $"is {plan.Transcript?.Window.TotalSeconds:0.###} s; it must be {MinWindow.TotalSeconds} to {MaxWindow.TotalSeconds} s");
    }

    private static void CheckSound(LivePlan plan)
    {
        if (plan.Sound is not { } sound)
        {
            Require(plan.SoundEvents is null && plan.Transcript is null, "sound", "is absent; sound_events and transcript need its encoding and sample_rate");
            return;
        }

        Require(
            sound.SampleRate is >= MinSampleRate and <= MaxSampleRate,
            "sound.sample_rate",
            $"is {sound.SampleRate}; it must be {MinSampleRate} to {MaxSampleRate} Hz");
        Require(sound.Channels is >= 1 and <= MaxChannels, "sound.channels", $"is {sound.Channels}; it must be 1 to {MaxChannels}");
    }

    private static void CheckWatched(WatchedWords words, string field, SoundFormat? sound)
    {
        Require(words.MinSimilarity is null or (>= -1 and <= 1), $"{field}.min_similarity", $"is {words.MinSimilarity}; a similarity is in [-1, 1]");
        Require(words.MinRise is null or (> 0 and <= 2), $"{field}.min_rise", $"is {words.MinRise}; it is over 0 and at most 2");
        Require(
            words.Modality is null or Modality.Image or Modality.Audio, $"{field}.modality", $"is {words.Modality}; words are looked for (IMAGE) or listened for (AUDIO)");
        Require(words.Modality != Modality.Audio || sound is not null, "sound", $"is absent; {field} listens, which needs its encoding and sample_rate");
    }

    private static void CheckInterval(TimeSpan? interval, string field) => Require(
        interval is null || (interval > TimeSpan.Zero && interval <= MaxInterval),
        field,
        $"is {interval?.TotalSeconds:0.###} s; it must be over 0 and at most {MaxInterval.TotalSeconds} s");
}
