using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Grpc.Balancing;
using Sensorium.Hosting.Grpc.Health;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

public static class ClientExtensions
{
    internal static IServiceCollection AddSensoriumClients(this IServiceCollection services)
    {
        services.AddOptions<PeerOptions>().BindConfiguration(PeerOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PeerOptions>, PeerOptionsValidator>());
        services.AddOptions<PeerCircuitOptions>().BindConfiguration(PeerCircuitOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PeerCircuitOptions>, PeerCircuitOptionsValidator>());
        services.TryAddSingleton<PeerCircuits>();
        services.TryAddSingleton<PeerCertificates>();
        services.TryAddSingleton<ServiceKeys>();
        services.TryAddSingleton<PeerChannels>();
        services.TryAddSingleton<PeerReplicas>();
        services.TryAddSingleton<ModelChanges>();
        services.TryAddSingleton<TrustedHolders>();
        services.TryAddSingleton(provider => new PeerHealth(
            provider.GetRequiredService<PeerChannels>(),
            provider.GetRequiredService<IOptions<PeerOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IRemoteMediaReader, RemoteMediaReader>();
        return services;
    }

    /// <summary>Registers the client of a remote encoder under its modality. Without an address every call fails and says so.</summary>
    public static IServiceCollection AddRemoteEncoder(this IServiceCollection services, Modality modality) =>
        services.AddKeyedSingleton<IEncoder>(modality, (provider, _) =>
        {
            var options = provider.GetRequiredService<IOptions<PeerOptions>>();
            return options.Value.AddressOf(modality).Length == 0
                ? new UnconfiguredEncoder(modality)
                : new RemoteEncoder(
                    modality,
                    provider.GetRequiredService<PeerChannels>(),
                    options,
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ModelChanges>());
        });

    /// <summary>Registers the clients of a remote generation service.</summary>
    public static IServiceCollection AddRemoteCaptionGenerator(this IServiceCollection services) => services
        .AddSingleton<ICaptionGenerator, RemoteCaptionGenerator>()
        .AddSingleton<ITranscriber, RemoteTranscriber>()
        .AddSingleton<IGraphInference, RemoteGraphs>();

    /// <summary>Registers the client of a remote service that makes pictures.</summary>
    public static IServiceCollection AddRemoteImageGenerator(this IServiceCollection services) => services.AddSingleton<IImageGenerator, RemoteImageGenerator>();

    /// <summary>Joins the models of another service, in all its replicas, to those of this host.</summary>
    public static IServiceCollection AddRemoteModels(this IServiceCollection services, string name, string address) =>
        services.AddSingleton<IModelHost>(provider => new ReplicatedModels(
            name,
            address,
            provider.GetRequiredService<PeerReplicas>(),
            provider.GetRequiredService<IOptions<PeerOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

    /// <summary>Makes the health of another service count for that of this host.</summary>
    public static IServiceCollection AddPeerReadiness(this IServiceCollection services, string name, string address) =>
        services.AddSingleton<IModelReadiness>(provider => new PeerReadiness(
            name,
            address,
            provider.GetRequiredService<PeerHealth>(),
            provider.GetRequiredService<IOptions<PeerOptions>>().Value.StartupPatience,
            provider.GetRequiredService<TimeProvider>()));
}
