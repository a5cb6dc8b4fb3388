using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;

namespace Sensorium.Gateway.Operations.Decisions;

/// <param name="Decider">Id of the one to be taught.</param>
/// <param name="Models">Those asked for; other modalities use their default.</param>
/// <param name="Encoding">Everything of the batches but their items.</param>
internal sealed record TeachRequest(string Decider, IReadOnlyList<Question> Questions, IReadOnlyList<ModelSelector> Models, EncodeBatch Encoding);

/// <summary>How far teaching is.</summary>
internal abstract record TeachEvent;

/// <param name="Cases">Read so far.</param>
/// <param name="Failures">Since the last progress.</param>
internal sealed record TeachProgress(int Cases, IReadOnlyList<(string CaseId, SensoriumException Error)> Failures) : TeachEvent;

internal sealed record Taught(DeciderInfo Decider) : TeachEvent;
