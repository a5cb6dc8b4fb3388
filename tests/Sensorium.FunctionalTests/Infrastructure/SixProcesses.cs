using Sensorium.Testing.Shared.Redis;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>Five services and the gateway as processes of their own, with a redis-server.</summary>
public class SixProcesses : Deployment
{
    internal static readonly string[] Names = ["text", "vision", "audio", "video", "generation", "gateway"];
    private readonly RedisServer _redis = new();
    private readonly Dictionary<string, ServiceProcess> _services = [];

    public override bool Distributed => true;

    /// <summary>What every process sends its spans to.</summary>
    internal TraceCollector Traces { get; } = new();

    /// <summary>Of every process, beside the common ones.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>They speak TLS.</summary>
    protected virtual bool IsSecured => false;

    /// <summary>Which processes there are; the gateway is the last.</summary>
    private protected virtual IReadOnlyList<string> Processes => Names;

    internal ServiceProcess this[string service] => _services[service];

    public override async ValueTask InitializeAsync()
    {
        await _redis.StartAsync();
        await Traces.StartAsync();
        var ports = Ports.Free(2 * Processes.Count);
        foreach (var (i, name) in Processes.Index())
        {
            _services[name] = ServiceProcess.Create(name, ports[2 * i], ports[(2 * i) + 1], Errors, IsSecured ? CreateHandler : null);
        }

        foreach (var service in _services.Values)
        {
            Configure(service);
        }

        await Task.WhenAll(_services.Values.Select(service => service.StartAsync()));
        Connect(_services["gateway"].Address);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }

        await _redis.DisposeAsync();
        await Traces.DisposeAsync();
    }

    protected override Uri HttpOf(string service) => _services[service].Http;

    /// <summary>Of one process, beside the common ones.</summary>
    private protected virtual IReadOnlyDictionary<string, string> SettingsOf(string service) => Settings;

    private void Configure(ServiceProcess service)
    {
        foreach (var (key, value) in CommonSettings.Concat(Traces.Settings).Concat(SettingsOf(service.Name)))
        {
            service.Settings[key] = value;
        }

        service.Settings["Sensorium:Services:Gateway"] = _services["gateway"].Address;
        if (service.Name is not ("gateway" or "generation"))
        {
            return;
        }

        service.Settings["Sensorium:Cache:RedisConnection"] = _redis.Connection;
        foreach (var peer in Processes.Where(peer => peer != "gateway" && peer != service.Name))
        {
            service.Settings[$"Sensorium:Services:{ServiceProcess.TitleOf(peer)}"] = _services[peer].Address;
        }
    }
}
