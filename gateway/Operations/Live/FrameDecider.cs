using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.Operations.Live.Sound;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Answers questions about a frame and the last seconds of sound before it.</summary>
/// <param name="sound">The newest; null if there is none.</param>
internal sealed class FrameDecider(DecideOperation decide, DecisionPlan plan, Func<SoundPiece?> sound, LiveReporter reporter)
{
    private static readonly Dictionary<string, FieldValue> NoFields = [];

    public async Task DecideAsync(FrameMaterial frame, CancellationToken cancellationToken)
    {
        List<MediaInput> media = [MediaInput.Read("frame", "frame", frame.Frame.ToItem)];
        if (sound() is { } piece)
        {
            media.Add(MediaInput.Read("sound", "sound", piece.ToItem));
        }

        var decided = await decide.RunAsync([new CaseInput("decisions", "", media, "", NoFields)], plan.Request, cancellationToken);
        var outcome = decided.Cases.Single();
        await reporter.TellAsync(new FrameDecided(frame.Moment, outcome.Error is null ? outcome : throw outcome.Error), cancellationToken);
    }
}
