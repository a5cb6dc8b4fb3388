using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations.Explanation;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>What is asked of every case.</summary>
/// <param name="Decider">Its name; empty for none.</param>
/// <param name="Questions">With a decider, names of those to answer; none answers all.</param>
/// <param name="Encoding">Everything of the batches but their items.</param>
internal sealed record DecideRequest(string Decider, IReadOnlyList<Question> Questions, DecideOptions Options, EncodeBatch Encoding)
{
    /// <summary>How finely media are explained; null leaves them whole.</summary>
    public MediaDivision? Explaining { get; init; }
}

/// <param name="Cases">One per case, in order.</param>
/// <param name="Decider">Null if there was none.</param>
/// <param name="InputUnits">Tokens, patches and frames that were read.</param>
internal sealed record DecidedCases(IReadOnlyList<CaseOutcome> Cases, DeciderInfo? Decider, IReadOnlyList<ModelIdentity> Models, long InputUnits);

/// <summary>What became of one case: answers, or an error.</summary>
internal sealed record CaseOutcome(string Id, IReadOnlyList<Answer> Answers, SensoriumException? Error, IReadOnlyList<MediaWarning> Warnings)
{
    /// <summary>For each answer, the media whose parts were weighed; empty if that was not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<ExplainedMedium>> Explained { get; init; } = [];
}
