using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Diffusion;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

public static class DiffusionServiceCollectionExtensions
{
    /// <summary>Name under which <see cref="OnnxOptions"/> are bound, to "Sensorium:ImageGeneration:Model".</summary>
    public const string Service = "ImageGeneration";

    /// <summary>Registers the <see cref="OnnxDiffusionFactory"/>, the options that it loads graphs with, and the <see cref="ImageHub"/>.</summary>
    public static IServiceCollection AddSensoriumDiffusion(this IServiceCollection services)
    {
        services.AddOnnxOptions(Service);
        services.AddSingleton<OnnxDiffusionFactory>();
        return services.AddImageHub();
    }
}
