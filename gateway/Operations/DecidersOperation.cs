using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Storing;

namespace Sensorium.Gateway.Operations;

/// <summary>The deciders that there are: listed, unloaded, removed.</summary>
internal sealed class DecidersOperation(DeciderStore store)
{
    public IReadOnlyList<ListedDecider> List() => store.List();

    /// <summary>Null if there is none of this name.</summary>
    public DeciderInfo? Find(string name) => store.Find(name);

    /// <returns>Whether it was in memory.</returns>
    /// <exception cref="Core.Errors.SensoriumException">DECIDER_NOT_FOUND.</exception>
    public bool Unload(string name) => store.Unload(name);

    /// <exception cref="Core.Errors.SensoriumException">DECIDER_NOT_FOUND.</exception>
    public void Delete(string name) => store.Delete(name);
}
