using Sensorium.Core.Diffusion;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;
using Sensorium.ImageGeneration.Grpc;
using Sensorium.Media;
using Sensorium.Onnx.Diffusion;

namespace Sensorium.ImageGeneration;

public static class ImageGenerationModule
{
    /// <summary>The service as a process of its own. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => SensoriumHost.RunAsync(() =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddSensoriumDefaults(ServiceProfile.ImageGeneration);
        builder.AddImageGeneration();
        builder.Services.AccountForModels();
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapGrpcService<ImageGenerationGrpcService>();
        return app;
    });

    /// <summary>Registers the making of pictures in the process.</summary>
    public static WebApplicationBuilder AddImageGeneration(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddSensoriumMedia();
        builder.Services.AddSensoriumDiffusion();
        builder.Services.AddSingleton<IPictureCodec, PictureCodec>();
        builder.Services.AddSingleton<ImageModelLoader>();
        builder.Services.AddSingleton(provider =>
        {
            var loader = provider.GetRequiredService<ImageModelLoader>();
            return provider.GetRequiredService<ImageHub>().RunBy(loader.Load, loader.Describe, provider.GetRequiredService<ILogger<ImageHub>>());
        });
        return builder;
    }
}
