using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

public static class DecodingServiceCollectionExtensions
{
    /// <summary>Name under which <see cref="OnnxOptions"/> are bound, to "Sensorium:Generation:Model".</summary>
    public const string Service = "Generation";

    // More threads than this have nothing to do in the step of a small decoder.
    private const int MostThreads = 4;

    /// <summary>
    /// Registers <see cref="IDecoderBackend"/> and <see cref="GenerationModel"/> of the <see cref="ModelPack"/> that is
    /// registered. The decoder is loaded when it is first asked for; <see cref="IDecoderBackend.WarmUp"/> runs it once.
    /// </summary>
    public static IServiceCollection AddSensoriumDecoder(this IServiceCollection services)
    {
        // Before what is configured, so that it can be overridden.
        services.Configure<OnnxOptions>(Service, SetDefaults);
        services.AddOnnxOptions(Service);
        services.AddSingleton<OnnxDecoderFactory>();
        services.AddSingleton(provider => provider.GetRequiredService<OnnxDecoderFactory>().Create(
            provider.GetRequiredService<ModelPack>(), provider.GetRequiredService<IOptionsMonitor<OnnxOptions>>().Get(Service)));
        services.AddSingleton(provider => GenerationModelReader.Read(provider.GetRequiredService<ModelPack>()));
        return services;
    }

    // A step is a hundred operators of some ten microseconds each, one step after another.
    private static void SetDefaults(OnnxOptions options)
    {
        options.Threads = Math.Min(Environment.ProcessorCount, MostThreads);
        options.SpinWhileRunning = true;
    }
}
