using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Index.Collections;
using Sensorium.Index.Embedded;
using Sensorium.Index.Postgres;
using Sensorium.Index.Redis;

namespace Sensorium.Index;

/// <summary>The one table of stores, by the name that settings know them by.</summary>
public static class IndexStores
{
    private static readonly Dictionary<string, Func<IServiceProvider, ICollectionStore>> Table = new(StringComparer.Ordinal)
    {
        [EmbeddedStore.StoreName] = services => ActivatorUtilities.CreateInstance<EmbeddedStore>(services),
        [RedisStore.StoreName] = services => new RedisStore(services.GetRequiredService<RedisServers>()),
        [PostgresStore.StoreName] = services => new PostgresStore(services.GetRequiredService<PostgresServers>()),
    };

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>Adds the store that the settings name. It is opened with the first call.</summary>
    public static IServiceCollection AddCollections(this IServiceCollection services)
    {
        services.AddOptions<IndexOptions>().BindConfiguration(IndexOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IndexOptions>, IndexOptionsValidator>();
        services.AddSingleton<RedisServers>();
        services.AddSingleton<PostgresServers>();
        services.AddSingleton(provider => Table[provider.GetRequiredService<IOptions<IndexOptions>>().Value.Store](provider));
        return services;
    }
}
