namespace Sensorium.Core.Models.Running;

/// <summary>A request's hold on a model: it is not unloaded before the hold ends.</summary>
public readonly struct ModelUse<TServer> : IDisposable
{
    private readonly Action<bool> _leave;
    private readonly bool _counts;

    internal ModelUse(TServer server, Action<bool> leave, bool counts) => (Server, _leave, _counts) = (server, leave, counts);

    public TServer Server { get; }

    public void Dispose() => _leave(_counts);
}
