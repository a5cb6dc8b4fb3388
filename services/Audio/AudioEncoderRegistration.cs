using Microsoft.Extensions.Options;
using Sensorium.Audio.Preprocessing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Ffmpeg;
using Sensorium.Onnx.Encoding;

namespace Sensorium.Audio;

public static class AudioEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddAudioEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        builder.AddAudioPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Audio, Limits);
        return builder;
    }

    private static EncoderLimits Limits(IServiceProvider services) => EncoderLimits.None with
    {
        MaxDuration = services.GetRequiredService<IOptions<FfmpegOptions>>().Value.MaxDuration,
    };
}
