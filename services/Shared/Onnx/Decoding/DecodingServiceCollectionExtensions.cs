using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

public static class DecodingServiceCollectionExtensions
{
    /// <summary>Name under which <see cref="OnnxOptions"/> are bound, to "Sensorium:Generation:Model".</summary>
    public const string Service = "Generation";

    // More threads than this have nothing to do in the step of a small decoder.
    private const int MostThreads = 4;

    /// <summary>Registers the <see cref="OnnxDecoderFactory"/> and the options that it loads the decoders of packs with.</summary>
    public static IServiceCollection AddSensoriumDecoder(this IServiceCollection services)
    {
        // Before what is configured, so that it can be overridden.
        services.Configure<OnnxOptions>(Service, SetDefaults);
        services.AddOnnxOptions(Service);
        services.AddSingleton<OnnxDecoderFactory>();
        services.AddModelFamilies();
        return services;
    }

    // A step is a hundred operators of some ten microseconds each, one step after another.
    private static void SetDefaults(OnnxOptions options)
    {
        options.Threads = Math.Min(Environment.ProcessorCount, MostThreads);
        options.SpinWhileRunning = true;
    }
}
