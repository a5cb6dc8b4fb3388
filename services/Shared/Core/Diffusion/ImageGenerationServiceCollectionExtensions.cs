using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;

namespace Sensorium.Core.Diffusion;

public static class ImageGenerationServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="ImageHub"/>, empty, under its interfaces.</summary>
    public static IServiceCollection AddImageHub(this IServiceCollection services)
    {
        services.AddOptions<ImageGenerationOptions>().BindConfiguration(ImageGenerationOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageGenerationOptions>, ImageGenerationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ImageHub>();
        services.AddSingleton<IImageGenerator>(provider => provider.GetRequiredService<ImageHub>());
        services.AddSingleton<IModelReadiness>(provider => provider.GetRequiredService<ImageHub>());
        return services;
    }
}
