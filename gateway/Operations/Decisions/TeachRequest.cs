using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;

namespace Sensorium.Gateway.Operations.Decisions;

/// <param name="Decider">Id of the one to be taught.</param>
/// <param name="Models">Those asked for; other modalities use their default.</param>
/// <param name="Encoding">Everything of the batches but their items.</param>
internal sealed record TeachRequest(string Decider, IReadOnlyList<Question> Questions, IReadOnlyList<ModelSelector> Models, EncodeBatch Encoding)
{
    /// <summary>Items that are cases too, with their vectors as they are kept; null for none.</summary>
    public CollectionSource? Collection { get; init; }
}

/// <summary>Items of a collection as cases whose outcomes their metadata tell.</summary>
/// <param name="Filter">Empty for all items.</param>
/// <param name="LabelFields">Of the metadata; each answers the question of its name. None means the names of the questions.</param>
/// <param name="GroupField">Of the metadata; empty for none.</param>
/// <param name="Fields">Of the metadata, that make the record; none means all others.</param>
internal sealed record CollectionSource(
    string Name, string Filter, IReadOnlyList<string> LabelFields, string GroupField, IReadOnlyList<string> Fields);

/// <summary>How far teaching is.</summary>
internal abstract record TeachEvent;

/// <param name="Cases">Read so far.</param>
/// <param name="Failures">Since the last progress.</param>
internal sealed record TeachProgress(int Cases, IReadOnlyList<(string CaseId, SensoriumException Error)> Failures) : TeachEvent;

internal sealed record Taught(DeciderInfo Decider) : TeachEvent;
