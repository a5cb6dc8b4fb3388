using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>One case as a face read it from its request.</summary>
/// <param name="Field">Where it is in the request, as "cases[1]".</param>
/// <param name="Id">The caller's; empty lets the place name it.</param>
internal sealed record CaseInput(
    string Field, string Id, IReadOnlyList<MediaInput> Media, string Notes, IReadOnlyDictionary<string, FieldValue> Fields)
{
    /// <summary>What is wrong with the way it was written; null if nothing is.</summary>
    public SensoriumException? Error { get; init; }
}

/// <summary>A case whose outcomes are known, as a face read it.</summary>
/// <param name="Group">Empty for a group of its own.</param>
/// <param name="Outcomes">By question.</param>
internal sealed record TaughtCaseInput(CaseInput Case, string Group, IReadOnlyDictionary<string, string> Outcomes);
