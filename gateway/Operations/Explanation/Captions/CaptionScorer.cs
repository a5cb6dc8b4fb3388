using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Scores;

namespace Sensorium.Gateway.Operations.Explanation.Captions;

/// <summary>How likely a caption is of other media than the one that it was made of: the sum, then each token.</summary>
/// <param name="generator">Of the caption.</param>
/// <param name="job">With the tokens given, and without media.</param>
internal sealed class CaptionScorer(ICaptionGenerator generator, CaptionJob job) : IMediaScorer
{
    /// <summary>Captions under way at a time: each has its medium encoded for itself, and all of them wait for one encoder.</summary>
    private const int AtOnce = 4;

    public async Task<IReadOnlyList<ScoredMedium>> ScoreAsync(IReadOnlyList<ReceivedMedia> media, CancellationToken cancellationToken)
    {
        var scored = new List<ScoredMedium>(media.Count);
        foreach (var some in media.Chunk(AtOnce))
        {
            scored.AddRange(await Task.WhenAll(some.Select(medium => ScoreAsync(medium, cancellationToken))));
        }

        return scored;
    }

    private async Task<ScoredMedium> ScoreAsync(ReceivedMedia medium, CancellationToken cancellationToken)
    {
        var said = await SaidCaption.ReadAsync(generator, job with { Media = [medium.Item!] }, cancellationToken);
        var given = job.Parameters.ForcedTokenIds;
        return said.Tokens.Select(token => token.Id).SequenceEqual(given)
            ? new ScoredMedium([said.Tokens.Sum(token => token.LogProb), .. said.Tokens.Select(token => token.LogProb)], said.FromCache)
            : throw new SensoriumException(
                ErrorCode.InvalidArgument, ErrorReasons.NotExplainable, $"Model '{said.Finished.Model.Id}' does not produce the tokens that it is given.");
    }
}
