using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;

namespace Sensorium.Gateway.Operations.Explanation.Captions;

/// <summary>All that a generator said of one caption.</summary>
internal sealed record SaidCaption(IReadOnlyList<CaptionToken> Tokens, CaptionStarted Started, CaptionFinished Finished)
{
    /// <summary>No encoder ran for it.</summary>
    public bool FromCache => Started.Media.All(medium => medium.CacheStatus is CacheStatus.HitMemory or CacheStatus.HitShared);

    /// <exception cref="SensoriumException">The generator refused the job, or its stream ended early.</exception>
    public static async Task<SaidCaption> ReadAsync(ICaptionGenerator generator, CaptionJob job, CancellationToken cancellationToken)
    {
        CaptionStarted? started = null;
        CaptionFinished? finished = null;
        var tokens = new List<CaptionToken>();
        await foreach (var said in generator.GenerateAsync(job, cancellationToken))
        {
            started ??= said as CaptionStarted;
            finished ??= said as CaptionFinished;
            if (said is CaptionDelta delta)
            {
                tokens.AddRange(delta.TokenIds.Select((id, i) => new CaptionToken(id, i == 0 ? delta.Text : "", delta.LogProbs[i])));
            }
        }

        return started is null || finished is null
            ? throw SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "The caption ended before it was finished.")
            : new SaidCaption(tokens, started, finished);
    }
}
