using Microsoft.Extensions.Options;
using Sensorium.Audio.Preprocessing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Ffmpeg;
using Sensorium.Onnx.Encoding;

namespace Sensorium.Audio;

public static class AudioModule
{
    /// <summary>The service as a process of its own. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => EncoderApplication.RunAsync(args, Modality.Audio, builder => builder.AddAudioEncoder());

    /// <summary>Registers this service's encoders in the process, under their modality.</summary>
    public static WebApplicationBuilder AddAudioEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddAudioPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Audio, AudioPreprocessing.Create, Limits);
        return builder;
    }

    private static EncoderLimits Limits(IServiceProvider services) => EncoderLimits.None with
    {
        MaxDuration = services.GetRequiredService<IOptions<FfmpegOptions>>().Value.MaxDuration,
    };
}
