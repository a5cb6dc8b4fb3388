using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Imaging;
using Sensorium.Onnx.Encoding;
using Sensorium.Vision.Preprocessing;

namespace Sensorium.Vision;

public static class VisionModule
{
    /// <summary>The service as a process of its own. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => EncoderApplication.RunAsync(args, Modality.Image, builder => builder.AddVisionEncoder());

    /// <summary>Registers this service's encoders in the process, under their modality.</summary>
    public static WebApplicationBuilder AddVisionEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddVisionPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Image, VisionPreprocessing.Create, Limits);
        return builder;
    }

    private static EncoderLimits Limits(IServiceProvider services) => EncoderLimits.None with
    {
        MaxPixels = services.GetRequiredService<IOptions<ImagingOptions>>().Value.MaxPixels,
    };
}
