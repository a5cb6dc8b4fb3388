using Sensorium.Core.Encoding;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Measuring;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Deciding;

/// <summary>What a decider is, and how well it does.</summary>
/// <param name="Version">Counts from 1; each time it is taught makes another.</param>
/// <param name="Models">That embed its media. Another revision of one makes other vectors, which it cannot read.</param>
/// <param name="Reports">One for each question.</param>
public sealed record DeciderInfo(
    string Id,
    int Version,
    DateTimeOffset TaughtAt,
    int Cases,
    IReadOnlyList<TaughtModel> Models,
    CaseSchema Schema,
    IReadOnlyList<Question> Questions,
    IReadOnlyList<QuestionReport> Reports)
{
    /// <summary>What the answers of every decider are not.</summary>
    public const string Notice =
        "An aid for the people who decide. It is no medical device and no credit decision: a person who knows the case decides, and answers for it.";

    public string Name => $"{Id}@{Version}";

    /// <exception cref="Core.Errors.SensoriumException">DECIDER_OUTDATED: the model is another than the one that it was taught with.</exception>
    public void CheckModel(string modality, ModelIdentity model)
    {
        var taught = Models.FirstOrDefault(other => other.Modality == modality)?.Model;
        if (taught is not null && (taught.Id, taught.Revision, taught.PreprocessingDigest) != (model.Id, model.Revision, model.PreprocessingDigest))
        {
            throw Outdated(modality, taught, $"which is served as '{model.Id}' revision '{model.Revision}'");
        }
    }

    /// <param name="modality">Of the medium.</param>
    /// <param name="taught">What the decider was taught with.</param>
    /// <param name="now">How it is now, for the message.</param>
    public Core.Errors.SensoriumException Outdated(string modality, ModelIdentity taught, string now) => new(
        Core.Errors.ErrorCode.FailedPrecondition,
        Core.Errors.ErrorReasons.DeciderOutdated,
        $"Decider '{Name}' was taught with {modality} embedded by '{taught.Id}' revision '{taught.Revision}', {now}. Teach it again.")
    {
        Field = "decider",
    };
}

/// <param name="Modality">By its name.</param>
public sealed record TaughtModel(string Modality, ModelIdentity Model);
