using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Policies.Quotas;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Accounting;

public static class AccountingExtensions
{
    /// <summary>
    /// Lets every model that has been registered so far know for whom it works, and counts what it does. Call it once, behind the cache.
    /// </summary>
    public static IServiceCollection AccountForModels(this IServiceCollection services)
    {
        services.Decorate<IEncoder>((inner, calls) => new AccountedEncoder(inner, calls));
        services.Decorate<ICaptionGenerator>((inner, calls) => new AccountedGenerator(inner, calls));
        services.Decorate<IImageGenerator>((inner, calls) => new AccountedImageGenerator(inner, calls));
        services.Decorate<ITranscriber>((inner, calls) => new AccountedTranscriber(inner, calls));
        services.Decorate<IGraphInference>((inner, calls) => new AccountedGraphs(inner, calls));
        return services;
    }

    internal static void AddAccounting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TenantsOptions>().Configure(options => options.Bind(configuration)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TenantsOptions>, TenantsOptionsValidator>());
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>());
        services.AddSingleton<TenantMetrics>();
        services.AddSingleton<TenantQuotas>();
        services.AddSingleton<CallRecords>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }

    private static void Decorate<T>(this IServiceCollection services, Func<T, CallRecords, T> decorate)
        where T : class
    {
        foreach (var inner in services.Where(service => service.ServiceType == typeof(T) && service.ServiceKey is null or Modality).ToArray())
        {
            services[services.IndexOf(inner)] = inner.IsKeyedService
                ? ServiceDescriptor.KeyedSingleton(inner.ServiceKey, (provider, key) => decorate((T)CreateKeyed(inner, provider, key), provider.GetRequiredService<CallRecords>()))
                : ServiceDescriptor.Singleton(provider => decorate((T)Create(inner, provider), provider.GetRequiredService<CallRecords>()));
        }
    }

    private static object Create(ServiceDescriptor service, IServiceProvider provider) =>
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);

    private static object CreateKeyed(ServiceDescriptor service, IServiceProvider provider, object? key) =>
        service.KeyedImplementationInstance
        ?? service.KeyedImplementationFactory?.Invoke(provider, key)
        ?? ActivatorUtilities.CreateInstance(provider, service.KeyedImplementationType!);
}
