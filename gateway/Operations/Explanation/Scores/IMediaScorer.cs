using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>Finds the scores of media that were altered.</summary>
internal interface IMediaScorer
{
    /// <summary>For each medium as many scores, in one order.</summary>
    /// <exception cref="Core.Errors.SensoriumException">One of them cannot be scored.</exception>
    Task<IReadOnlyList<ScoredMedium>> ScoreAsync(IReadOnlyList<ReceivedMedia> media, CancellationToken cancellationToken);
}

/// <param name="FromCache">No encoder ran for it.</param>
internal readonly record struct ScoredMedium(IReadOnlyList<double> Scores, bool FromCache);
