using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sensorium.Client;

/// <summary>Registers a client with a container.</summary>
public static class SensoriumServiceCollectionExtensions
{
    /// <summary>
    /// One <see cref="SensoriumClient"/> for all, and by it <see cref="IChatClient"/>, <see cref="ISpeechToTextClient"/>, <see cref="IImageGenerator"/> and
    /// <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts and of contents, unless somebody else is registered for them.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="address">Of a gateway, as "http://127.0.0.1:7070".</param>
    /// <param name="options">Null for the defaults.</param>
    public static IServiceCollection AddSensoriumClient(this IServiceCollection services, string address, SensoriumClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(_ => new SensoriumClient(address, options));
        services.TryAddSingleton(provider => provider.GetRequiredService<SensoriumClient>().AsChatClient());
        services.TryAddSingleton(provider => provider.GetRequiredService<SensoriumClient>().AsEmbeddingGenerator());
        services.TryAddSingleton(provider => provider.GetRequiredService<SensoriumClient>().AsContentEmbeddingGenerator());
#pragma warning disable MEAI001 // The interfaces of speech and pictures may still change.
        services.TryAddSingleton(provider => provider.GetRequiredService<SensoriumClient>().AsSpeechToTextClient());
        services.TryAddSingleton(provider => provider.GetRequiredService<SensoriumClient>().AsImageGenerator());
#pragma warning restore MEAI001
        return services;
    }
}
