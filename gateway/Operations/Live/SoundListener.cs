using Sensorium.Core.Encoding;
using Sensorium.Gateway.Operations.Live.Sound;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Listens to the last seconds of sound: which watched words fit, and which event it is.</summary>
/// <param name="events">Null if nobody asked for events.</param>
internal sealed class SoundListener(TimelyEmbedder embedder, EncodeBatch template, LiveWords words, WatchedAlerts alerts, IHeardEvents? events, LiveReporter reporter)
{
    private string _heard = "";

    public async Task ListenAsync(SoundPiece piece, CancellationToken cancellationToken)
    {
        var encoded = await embedder.EmbedAsync(piece.ToItem(), template, cancellationToken);
        words.Check(encoded);
        foreach (var alert in alerts.Look(encoded.Embedding, piece.Moment))
        {
            await reporter.TellAsync(alert, cancellationToken);
        }

        if (events?.Find(encoded) is { } heard && heard.Label != _heard)
        {
            _heard = heard.Label;
            await reporter.TellAsync(new SoundHeard(piece.Moment, heard.Label, heard.Similarity, heard.Score), cancellationToken);
        }
    }
}
