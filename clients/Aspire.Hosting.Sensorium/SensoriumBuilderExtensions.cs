using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds Sensorium to an app host.</summary>
public static class SensoriumBuilderExtensions
{
    private const string Tag = "0.1.0";

    // All containers may listen on the same, each has an address of its own.
    private const int GrpcPort = 7070;
    private const int HttpPort = 7080;

    /// <summary>
    /// A gateway in a container, with every service in its process and the included models. The images are those that the
    /// Containerfile of Sensorium's repository builds: "sensorium-gateway", "sensorium-vision" and so on.
    /// </summary>
    /// <param name="builder">Of the app host.</param>
    /// <param name="name">Of the resource and of its connection string.</param>
    /// <param name="grpcPort">On this machine; null takes a free one.</param>
    /// <param name="httpPort">On this machine; null takes a free one.</param>
    public static IResourceBuilder<SensoriumResource> AddSensorium(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? grpcPort = null, int? httpPort = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var deployment = new SensoriumDeployment((joined, service, replica) => builder
            .AddContainer(replica, $"sensorium-{service.NameOf()}", Tag)
            .Join(joined, new HostPorts(GrpcTarget: GrpcPort, HttpTarget: HttpPort)));

        // A container listens beyond itself, which takes keys or this.
        deployment.Set(Settings.AllowAnonymous, "true");
        return builder.AddResource(new SensoriumResource(name))
            .WithImage("sensorium-gateway", Tag)
            .WithAnnotation(deployment)
            .Join(deployment, new HostPorts(grpcPort, httpPort, GrpcPort, HttpPort));
    }

    /// <summary>A gateway as a process of this machine, from a checkout of Sensorium's repository that is built.</summary>
    /// <param name="builder">Of the app host.</param>
    /// <param name="name">Of the resource and of its connection string.</param>
    /// <param name="repository">The folder of the checkout, relative to that of the app host.</param>
    /// <param name="configuration">The build.</param>
    public static IResourceBuilder<SensoriumProcessResource> AddSensoriumFromSource(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string repository, string configuration = "Release")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(repository);
        var root = Path.GetFullPath(repository, builder.AppHostDirectory);
        var deployment = new SensoriumDeployment((joined, service, replica) => builder
            .AddExecutable(replica, "dotnet", root, ProgramOf(root, $"services/{service}", service.ToString(), configuration))
            .Join(joined, new HostPorts()));
        return builder.AddResource(new SensoriumProcessResource(name, root))
            .WithArgs(ProgramOf(root, "gateway", "Gateway", configuration))
            .WithAnnotation(deployment)
            .Join(deployment, new HostPorts());
    }

    /// <summary>Serves the models of a folder; without it, the included ones are served.</summary>
    /// <param name="builder">Of the gateway.</param>
    /// <param name="folder">On this machine, relative to that of the app host.</param>
    public static IResourceBuilder<T> WithModels<T>(this IResourceBuilder<T> builder, string folder)
        where T : ISensoriumResource
    {
        var (path, mount) = FolderOf(builder, folder, "/models", isReadOnly: true);
        var deployment = DeploymentOf(builder);
        deployment.Set(Settings.ModelsFolder, path);
        if (mount is not null)
        {
            deployment.Mount(mount);
        }

        return builder;
    }

    /// <summary>Keeps collections in a folder; without it, they end with the process.</summary>
    /// <param name="builder">Of the gateway.</param>
    /// <param name="folder">On this machine, relative to that of the app host.</param>
    public static IResourceBuilder<T> WithIndex<T>(this IResourceBuilder<T> builder, string folder)
        where T : ISensoriumResource
    {
        var (path, mount) = FolderOf(builder, folder, "/index", isReadOnly: false);
        if (mount is not null)
        {
            builder.WithAnnotation(mount);
        }

        return builder.WithEnvironment(Settings.IndexFolder, path);
    }

    /// <summary>Asks callers of the gateway for a key, as "authorization: Bearer KEY".</summary>
    /// <param name="builder">Of the gateway.</param>
    /// <param name="key">Of at least 16 characters.</param>
    public static IResourceBuilder<T> WithApiKey<T>(this IResourceBuilder<T> builder, IResourceBuilder<ParameterResource> key)
        where T : ISensoriumResource
    {
        ArgumentNullException.ThrowIfNull(key);
        DeploymentOf(builder).Unset(Settings.AllowAnonymous);
        return builder.WithEnvironment(Settings.CallersKey, key);
    }

    /// <summary>Takes a service out of the gateway, into replicas that share its calls and let in nobody else.</summary>
    /// <param name="builder">Of the gateway.</param>
    /// <param name="service">That is taken out.</param>
    /// <param name="count">How many replicas.</param>
    public static IResourceBuilder<T> WithReplicas<T>(this IResourceBuilder<T> builder, SensoriumService service, int count)
        where T : ISensoriumResource
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (gateway, deployment) = (builder.Resource, DeploymentOf(builder));
        foreach (var replica in deployment.AddReplicas(gateway.Name, service, count))
        {
            replica.WithParentRelationship(gateway);
        }

        if (deployment.TrySet(Settings.ServicesKey, () => KeyOfServices(builder)))
        {
            // What is uploaded to the gateway is read from there, under the name that it gives itself.
            deployment.Set(Settings.Gateway, SensoriumEndpoints.AddressOf(gateway.GrpcEndpoint));
            builder.WithEnvironment(Settings.AdvertisedAddress, gateway.GrpcEndpoint.Property(EndpointProperty.HostAndPort));
        }

        return builder;
    }

    private static ParameterResource KeyOfServices<T>(IResourceBuilder<T> builder)
        where T : ISensoriumResource =>
        ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder.ApplicationBuilder, $"{builder.Resource.Name}-services-key", special: false);

    // Where a member finds a folder of this machine.
    private static (string Path, ContainerMountAnnotation? Mount) FolderOf<T>(IResourceBuilder<T> builder, string folder, string target, bool isReadOnly)
        where T : ISensoriumResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.GetFullPath(folder, builder.ApplicationBuilder.AppHostDirectory);
        return builder.Resource.IsContainer() ? (target, new ContainerMountAnnotation(path, target, ContainerMountType.BindMount, isReadOnly)) : (path, null);
    }

    private static SensoriumDeployment DeploymentOf<T>(IResourceBuilder<T> builder)
        where T : ISensoriumResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<SensoriumDeployment>().Single();
    }

    private static string ProgramOf(string root, string folder, string service, string configuration) =>
        Path.Combine(root, folder, "bin", configuration, "net10.0", $"Sensorium.{service}.dll");

    private static class Settings
    {
        public const string AllowAnonymous = "Sensorium__Host__AllowAnonymous";
        public const string CallersKey = "Sensorium__Host__ApiKeys__0";
        public const string AdvertisedAddress = "Sensorium__Host__AdvertisedAddress";
        public const string ModelsFolder = "Sensorium__Models__Folder";
        public const string IndexFolder = "Sensorium__Index__Folder";
        public const string ServicesKey = "Sensorium__Services__ApiKey";
        public const string Gateway = "Sensorium__Services__Gateway";
    }
}
