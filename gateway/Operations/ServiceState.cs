using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations;

/// <summary>What is known of one service, here or remote.</summary>
/// <param name="Name">"text", "vision", "audio", "video", "generation", "cache".</param>
/// <param name="Address">host:port, or "in-process".</param>
/// <param name="Problem">Why it is not ready; null if it is.</param>
/// <param name="Model">Null if it has none, or does not answer.</param>
internal sealed record ServiceState(string Name, string Address, string? Problem, ModelIdentity? Model);
