using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;

namespace Sensorium.Audio.Preprocessing;

public static class AudioPreprocessing
{
    /// <summary>Registers what <see cref="Create(IServiceProvider, ModelPack)"/> needs.</summary>
    public static IHostApplicationBuilder AddAudioPreprocessing(this IHostApplicationBuilder builder)
    {
        builder.AddSensoriumMedia();
        return builder;
    }

    /// <summary>Throws <see cref="InvalidDataException"/> if the pack's preprocessor_config.json cannot be followed.</summary>
    public static IMediaPreprocessor Create(IServiceProvider services, ModelPack pack) =>
        Create(services, SoundFeatures.Load(ProcessorFiles.Of(pack.Encoders[Modality.Audio])));

    internal static IMediaPreprocessor Create(IServiceProvider services, ISoundFeatures features)
    {
        var windows = new SoundWindows(
            services.GetRequiredService<ISoundReader>(),
            services.GetRequiredService<IMediaProber>(),
            features.Windows,
            services.GetRequiredService<IOptions<FfmpegOptions>>());
        return new AudioPreprocessor(windows, features);
    }
}
