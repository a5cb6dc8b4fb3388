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
