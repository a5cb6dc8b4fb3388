using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tenancy;

namespace Sensorium.Caching;

public static class CachingServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IEncoderCache"/> and <see cref="ICacheDiagnostics"/>, configured by section
    /// <see cref="CacheOptions.Section"/> and validated at start.
    /// </summary>
    public static IServiceCollection AddSensoriumCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelChanges>();
        services.TryAddSingleton<EncoderCache>();
        services.AddHostedService<CacheStartup>();
        services.TryAddSingleton<IEncoderCache>(provider => provider.GetRequiredService<EncoderCache>());
        services.TryAddSingleton<ICacheDiagnostics>(provider => provider.GetRequiredService<EncoderCache>());

        // Null without Redis, as if it were not registered: nothing is counted for others who cannot be told.
        services.TryAddSingleton<ISharedRates>(provider => provider.GetRequiredService<EncoderCache>().Rates!);
        return services;
    }

    /// <summary>
    /// Puts the cache in front of every <see cref="IEncoder"/> that has been registered so far as a keyed singleton
    /// under its <see cref="Modality"/>. Call it once, after the encoders were added.
    /// </summary>
    /// <param name="origin">Names each encoder as in <see cref="IEncoderCache.Decorate"/>, as by its address; null uses "local".</param>
    public static IServiceCollection DecorateEncodersWithCache(
        this IServiceCollection services,
        Func<IServiceProvider, Modality, string>? origin = null)
    {
        services.AddSensoriumCache();
        foreach (var inner in services.Where(IsEncoder).ToArray())
        {
            var modality = (Modality)inner.ServiceKey!;
            var innerKey = new UndecoratedEncoderKey(modality);
            services[services.IndexOf(inner)] = Rekey(inner, innerKey);
            services.AddKeyedSingleton<IEncoder>(modality, (provider, _) => provider.GetRequiredService<IEncoderCache>().Decorate(
                provider.GetRequiredKeyedService<IEncoder>(innerKey),
                origin?.Invoke(provider, modality) ?? "local"));
        }

        return services;
    }

    private static bool IsEncoder(ServiceDescriptor descriptor) =>
        descriptor is { IsKeyedService: true, ServiceKey: Modality } && descriptor.ServiceType == typeof(IEncoder);

    // The inner encoder stays a service of the container, which therefore still disposes it.
    private static ServiceDescriptor Rekey(ServiceDescriptor inner, UndecoratedEncoderKey key)
    {
        if (inner.KeyedImplementationInstance is { } instance)
        {
            return new ServiceDescriptor(typeof(IEncoder), key, instance);
        }

        if (inner.KeyedImplementationFactory is { } factory)
        {
            return new ServiceDescriptor(typeof(IEncoder), key, (provider, _) => factory(provider, key.Modality), inner.Lifetime);
        }

        return new ServiceDescriptor(typeof(IEncoder), key, inner.KeyedImplementationType!, inner.Lifetime);
    }

    private sealed record UndecoratedEncoderKey(Modality Modality);
}
