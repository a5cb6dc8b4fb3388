using Sensorium.Core.Encoding;

namespace Sensorium.Core.Models.Running;

/// <summary>What one service has of a model, and whether it is loaded.</summary>
/// <param name="Service">As in messages: "vision".</param>
/// <param name="Reason">Why it is not loaded; empty if it is.</param>
/// <param name="Model">What is loaded; null if nothing is.</param>
public sealed record ModelPartState(string Service, ModelTask Task, ModelState State, string Reason, ModelIdentity? Model)
{
    /// <summary>Where it runs: "in-process", or host:port.</summary>
    public string Address { get; init; } = "in-process";

    /// <summary>What the process grew by when it was loaded; 0 if it is not.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Requests that it works on now.</summary>
    public int Requests { get; init; }
}
