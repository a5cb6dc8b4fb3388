using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;
using Sensorium.Onnx.Encoding;
using Sensorium.Video.Preprocessing;

namespace Sensorium.Video;

public static class VideoModule
{
    /// <summary>The service as a process of its own. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => EncoderApplication.RunAsync(args, Modality.Video, builder => builder.AddVideoEncoder());

    /// <summary>Registers this service's encoders in the process, under their modality.</summary>
    public static WebApplicationBuilder AddVideoEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddVideoPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Video, VideoPreprocessing.Create, Limits);
        return builder;
    }

    private static EncoderLimits Limits(IServiceProvider services) => EncoderLimits.None with
    {
        MaxPixels = services.GetRequiredService<IOptions<ImagingOptions>>().Value.MaxPixels,
        MaxDuration = services.GetRequiredService<IOptions<FfmpegOptions>>().Value.MaxDuration,
    };
}
