using Sensorium.Caching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Generation.Grpc;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Graphs;

namespace Sensorium.Generation;

public static class GenerationModule
{
    /// <summary>The service as a process of its own, which asks the other services to encode. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => SensoriumHost.RunAsync(() =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddSensoriumDefaults(ServiceProfile.Generation);
        foreach (var modality in Enum.GetValues<Modality>())
        {
            builder.Services.AddRemoteEncoder(modality);
        }

        builder.Services.DecorateEncodersWithCache(PeerOptions.Origin);
        builder.AddGeneration();
        builder.Services.AccountForModels();
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapGrpcService<GenerationGrpcService>();
        app.MapGrpcService<TensorGrpcService>();
        return app;
    });

    /// <summary>
    /// Registers generation in the process. It encodes with the <see cref="IEncoder"/>s that are registered under
    /// their modalities.
    /// </summary>
    public static WebApplicationBuilder AddGeneration(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.Services.AddSensoriumDecoder();
        builder.Services.AddCaptionHub();
        builder.Services.AddOnnxGraphs();
        builder.Services.AddSingleton<DecoderLoader>();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<CaptionHub>().RunBy(
            provider.GetRequiredService<DecoderLoader>().LoadGenerator, provider.GetRequiredService<ILogger<CaptionHub>>()));
        builder.Services.AddSingleton(provider => provider.GetRequiredService<TranscriberHub>().RunBy(
            provider.GetRequiredService<DecoderLoader>().LoadSpeech, provider.GetRequiredService<ILogger<TranscriberHub>>()));
        builder.Services.AddSingleton<IModelReadiness, DecoderReadiness>();
        return builder;
    }
}
