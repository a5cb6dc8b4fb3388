using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
}
