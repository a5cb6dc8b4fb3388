using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;

namespace Sensorium.Core.Models;

public static class ModelsServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ModelsOptions"/>; calling it again changes nothing.</summary>
    public static IServiceCollection AddModelsOptions(this IServiceCollection services)
    {
        if (!services.Any(service => service.ImplementationType == typeof(ModelsOptionsValidator)))
        {
            services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>());
        }

        return services;
    }

    /// <summary>
    /// Has every <see cref="IModelRunner"/> of the process load its models before the host serves, and lets them be loaded and
    /// unloaded while it runs. Needs a <see cref="ModelCatalog"/>; calling it again changes nothing.
    /// </summary>
    public static IServiceCollection AddRunningModels(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MemoryReliefs>();
        services.TryAddSingleton<ModelChecker>();
        services.TryAddSingleton<RunningModels>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelHost, RunningModels>(provider => provider.GetRequiredService<RunningModels>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IdleModels>());
        return services;
    }
}
