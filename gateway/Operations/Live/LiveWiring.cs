using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Live.Sound;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Puts together what looks at one stream.</summary>
internal sealed class LiveWiring(
    Embedder embedder,
    EncoderDirectory encoders,
    TimelyEmbedder timely,
    ICaptionGenerator generator,
    ITranscriber transcriber,
    DecideOperation decide,
    IOptions<LiveOptions> options)
{
    /// <exception cref="SensoriumException">What is asked for is not served, or its words cannot be embedded.</exception>
    public async Task<LiveLooks> ConnectAsync(LivePlan plan, LiveReporter reporter, CancellationToken cancellationToken)
    {
        var senses = await LiveSenses.FindAsync(encoders, plan, cancellationToken);
        if (plan.Captions is { Template.Model: null })
        {
            await generator.DescribeAsync(cancellationToken);
        }

        var looks = new LiveLooks(senses);
        if (senses.Seeing is not null)
        {
            await ConnectSightAsync(plan, looks, reporter, cancellationToken);
        }

        if (plan.Sound is not null && senses.Hearing is not null)
        {
            await ConnectHearingAsync(plan, looks, reporter, cancellationToken);
        }

        return looks;
    }

    private async Task ConnectSightAsync(LivePlan plan, LiveLooks looks, LiveReporter reporter, CancellationToken cancellationToken)
    {
        var words = await LiveWords.ReadAsync(
            embedder, plan.Encoding, WatchedBy(plan, Modality.Image, options.Value.FrameSimilarity), [], 0, cancellationToken);
        if (plan.Captions is { } captions)
        {
            looks.Captions = new LivePart<FrameMaterial>(LiveParts.Captions, new FrameCaptioner(generator, captions, reporter).DescribeAsync, reporter);
            looks.CaptionPace = new Pace(captions.Interval);
        }

        if (plan.Decisions is { } decisions)
        {
            var decider = new FrameDecider(decide, decisions, () => looks.Heard, reporter);
            looks.Decisions = new LivePart<FrameMaterial>(LiveParts.Decisions, decider.DecideAsync, reporter);
            looks.DecisionPace = new Pace(decisions.Interval);
        }

        var watcher = new FrameWatcher(
            timely,
            plan.Encoding,
            words,
            new WatchedAlerts(Modality.Image, words.Watched, options.Value.AlertLinger),
            plan.SceneDistance ?? (float)options.Value.SceneDistance,
            reporter,
            looks.OfferOn);
        looks.Frames = new LivePart<FrameMaterial>(LiveParts.Frames, watcher.LookAsync, reporter);
    }

    private async Task ConnectHearingAsync(LivePlan plan, LiveLooks looks, LiveReporter reporter, CancellationToken cancellationToken)
    {
        var minSimilarity = plan.SoundEvents?.NoneThreshold ?? (float)options.Value.SoundSimilarity;
        var watched = WatchedBy(plan, Modality.Audio, options.Value.SoundSimilarity);
        var words = await LiveWords.ReadAsync(embedder, plan.SoundEncoding, watched, plan.SoundEvents?.Labels ?? [], minSimilarity, cancellationToken);
        if (plan.Transcript is { } transcript)
        {
            looks.Cutter = new SpeechCutter(transcript.Window);
            looks.Transcript = new LivePart<SoundPiece>(LiveParts.Transcript, new SpeechWriter(transcriber, transcript, reporter).WriteAsync, reporter);
        }

        looks.Stream = new SoundStream(plan.Sound!);
        looks.Window = new SlidingWindow(options.Value.SoundWindow, options.Value.SoundStep, options.Value.SoundLength);
        var events = EventsOf(plan, looks.Senses, words, minSimilarity);
        if (events is null && words.Watched.Count == 0)
        {
            return;
        }

        var listener = new SoundListener(
            timely,
            plan.SoundEncoding with { WithFeatures = events is HeardLabels },
            words,
            new WatchedAlerts(Modality.Audio, words.Watched, options.Value.AlertLinger),
            events,
            reporter);
        looks.Sound = new LivePart<SoundPiece>(LiveParts.Sound, listener.ListenAsync, reporter);
    }

    private static IHeardEvents? EventsOf(LivePlan plan, LiveSenses senses, LiveWords words, float minSimilarity)
    {
        if (plan.SoundEvents is not { } asked)
        {
            return null;
        }

        if (asked.Labels.Count > 0)
        {
            return new HeardWords(words.Labels);
        }

        var model = senses.Hearing!;
        return new HeardLabels(
            model.Labels ?? throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter,
                $"sound_events.labels is empty, and model '{model.Model.Id}' has none of its own; give at least one label.",
                "sound_events.labels"),
            minSimilarity);
    }

    private static (WatchedWords Words, float MinSimilarity)[] WatchedBy(LivePlan plan, Modality modality, double usual) =>
        [.. plan.Watch.Where(words => (words.Modality ?? modality) == modality).Select(words => (words, words.MinSimilarity ?? (float)usual))];
}
