using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Looks at frames: whether the scene has changed, and which watched words fit.</summary>
/// <param name="look">On to those that look at some frames alone; the flag says that the scene is a new one.</param>
internal sealed class FrameWatcher(
    TimelyEmbedder embedder, EncodeBatch template, LiveWords words, WatchedAlerts alerts, float sceneDistance, LiveReporter reporter, Action<FrameMaterial, bool> look)
{
    private ReadOnlyMemory<float>? _last;

    public async Task LookAsync(FrameMaterial frame, CancellationToken cancellationToken)
    {
        var item = frame.Frame.ToItem();
        var encoded = await embedder.EmbedAsync(item, template, cancellationToken);
        words.Check(encoded);
        var distance = _last is { } last ? 1 - UnitVectors.Cosine(last.Span, encoded.Embedding.Span) : 0;
        var isNew = _last is null || distance > sceneDistance;
        if (_last is not null && isNew)
        {
            await reporter.TellAsync(new SceneChanged(frame.Moment, distance), cancellationToken);
        }

        _last = encoded.Embedding;
        foreach (var alert in alerts.Look(encoded.Embedding, frame.Moment))
        {
            await reporter.TellAsync(alert, cancellationToken);
        }

        look(frame, isNew);
    }
}
