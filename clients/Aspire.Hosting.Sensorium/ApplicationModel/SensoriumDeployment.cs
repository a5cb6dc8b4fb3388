namespace Aspire.Hosting.ApplicationModel;

/// <summary>What belongs to a gateway: settings of it and of its replicas, and where those are.</summary>
/// <param name="addReplica">Adds a replica of a service under a name.</param>
internal sealed class SensoriumDeployment(Func<SensoriumDeployment, SensoriumService, string, IResourceBuilder<IResourceWithEndpoints>> addReplica) : IResourceAnnotation
{
    private readonly Dictionary<SensoriumService, EndpointReference[]> _replicas = [];
    private readonly Dictionary<string, object> _settings = [];
    private readonly List<ContainerMountAnnotation> _mounts = [];
    private readonly List<IResource> _members = [];

    /// <summary>A setting of all members.</summary>
    public void Set(string setting, object value) => _settings[setting] = value;

    /// <summary>The same once; false if it is set already.</summary>
    public bool TrySet(string setting, Func<object> make)
    {
        if (_settings.ContainsKey(setting))
        {
            return false;
        }

        _settings[setting] = make();
        return true;
    }

    public void Unset(string setting) => _settings.Remove(setting);

    /// <summary>A folder that all members see.</summary>
    public void Mount(ContainerMountAnnotation mount)
    {
        _mounts.Add(mount);
        _members.ForEach(member => member.Annotations.Add(mount));
    }

    public void Join(IResource member)
    {
        _members.Add(member);
        _mounts.ForEach(member.Annotations.Add);
    }

    /// <summary>Adds replicas "gateway-service-1", "gateway-service-2" and so on.</summary>
    public IReadOnlyList<IResourceBuilder<IResourceWithEndpoints>> AddReplicas(string gateway, SensoriumService service, int count)
    {
        if (_replicas.ContainsKey(service))
        {
            throw new InvalidOperationException($"Replicas of {service} were added to \"{gateway}\" already.");
        }

        IResourceBuilder<IResourceWithEndpoints>[] added =
            [.. Enumerable.Range(1, count).Select(i => addReplica(this, service, $"{gateway}-{service.NameOf()}-{i}"))];
        _replicas[service] = [.. added.Select(replica => replica.GetEndpoint(SensoriumEndpoints.Grpc))];
        return added;
    }

    public void WriteTo(IDictionary<string, object> environment)
    {
        foreach (var (setting, value) in _settings)
        {
            environment[setting] = value;
        }

        foreach (var (service, replicas) in _replicas)
        {
            environment[$"Sensorium__Services__{service}"] = SensoriumEndpoints.AddressOf(replicas);
        }
    }
}
