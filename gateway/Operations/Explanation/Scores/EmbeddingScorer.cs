using Sensorium.Core.Encoding;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>One score, of the embedding.</summary>
internal sealed class EmbeddingScorer(Embedder embedder, IMediumScore score, EncodeBatch encoding) : IMediaScorer
{
    private readonly EncodeBatch _encoding = encoding with { WithFeatures = score.ReadsFeatures };

    public async Task<IReadOnlyList<ScoredMedium>> ScoreAsync(IReadOnlyList<ReceivedMedia> media, CancellationToken cancellationToken) =>
    [
        .. (await EncodeAsync(media, cancellationToken)).Select(outcome =>
            new ScoredMedium([score.Of(outcome.Encoded!)], outcome.CacheStatus is CacheStatus.HitMemory or CacheStatus.HitShared)),
    ];

    /// <exception cref="Core.Errors.SensoriumException">One of them cannot be encoded.</exception>
    public async Task<EncodeOutcome[]> EncodeAsync(IReadOnlyList<ReceivedMedia> media, CancellationToken cancellationToken)
    {
        var outcomes = await embedder.EmbedAsync(media, _encoding, cancellationToken);
        return outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is { } error ? throw error : outcomes;
    }
}
