using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;

namespace Sensorium.Onnx.Sessions;

public static class OnnxSessionServiceCollectionExtensions
{
    /// <summary>Registers <see cref="OnnxSessionFactory"/>; calling it again changes nothing.</summary>
    public static IServiceCollection AddOnnxSessions(this IServiceCollection services)
    {
        services.AddOptions<OnnxRuntimeOptions>().BindConfiguration(OnnxRuntimeOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxRuntimeOptions>, OnnxRuntimeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxOptions>, OnnxOptionsValidator>());
        services.AddModelsOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelsOptions>, ModelSettingsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMemoryRelief, OnnxMemoryRelief>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGraphReader, GraphReader>());
        services.TryAddSingleton<OnnxSessionFactory>();
        return services;
    }

    /// <summary>
    /// Registers <see cref="OnnxSessionFactory"/> and <see cref="OnnxOptions"/> named after a service ("Vision"), bound to
    /// "Sensorium:&lt;service&gt;:Model". Read them with <c>IOptionsMonitor&lt;OnnxOptions&gt;.Get(service)</c>.
    /// </summary>
    public static IServiceCollection AddOnnxOptions(this IServiceCollection services, string service)
    {
        services.AddOnnxSessions();
        services.AddOptions<OnnxOptions>(service).BindConfiguration($"Sensorium:{service}:Model").ValidateOnStart();
        return services;
    }

    /// <summary>How one model of a service runs.</summary>
    public static OnnxOptions GetOnnxOptions(this IServiceProvider provider, string service, string modelId) =>
        provider.GetRequiredService<IOptionsMonitor<OnnxOptions>>().Get(service).For(provider.GetRequiredService<IOptions<ModelsOptions>>().Value.Of(modelId));
}
