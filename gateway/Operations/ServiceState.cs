using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Gateway.Operations;

/// <summary>What is known of one service, here or remote.</summary>
/// <param name="Name">"text", "vision", "audio", "video", "generation", "image-generation", "cache".</param>
/// <param name="Address">host:port, or "in-process".</param>
/// <param name="Problem">Why it is not ready; null if it is.</param>
/// <param name="Model">That of requests that name none; null if it has none, or does not answer.</param>
internal sealed record ServiceState(string Name, string Address, string? Problem, ModelIdentity? Model)
{
    /// <summary>All that it serves, the default first.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; init; } = [];

    /// <summary>Those that it could not load.</summary>
    public IReadOnlyList<UnservedModel> Unserved { get; init; } = [];
}
