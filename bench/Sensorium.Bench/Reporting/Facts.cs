using System.Text.Json.Nodes;

namespace Sensorium.Bench.Reporting;

/// <summary>What a report says of its run, in a sentence.</summary>
internal static class Facts
{
    /// <summary>Those that are known, one after the other.</summary>
    public static string Of(JsonNode facts) =>
        string.Join(", ", facts.AsObject().Where(fact => fact.Value is not null).Select(fact => $"{fact.Key} {fact.Value}"));

    /// <summary>When and where it was; without a full stop.</summary>
    public static string OfMachine(JsonNode started, JsonNode machine) => $"Measured on {((string)started!)[..10]}: {Of(machine)}";
}
