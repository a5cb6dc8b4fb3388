using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

public static class VideoPreprocessing
{
    /// <summary>Registers what <see cref="Create(IServiceProvider, ModelPack)"/> needs.</summary>
    public static IHostApplicationBuilder AddVideoPreprocessing(this IHostApplicationBuilder builder)
    {
        builder.AddSensoriumMedia();
        builder.Services.AddOptions<VideoPreprocessingOptions>()
            .Bind(builder.Configuration.GetSection(VideoPreprocessingOptions.Section)).ValidateOnStart();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<VideoPreprocessingOptions>, VideoPreprocessingOptionsValidator>());
        return builder;
    }

    /// <summary>
    /// Frames are prepared as the video part's preprocessor_config.json says, or as its frame encoder's where it has none.
    /// Throws <see cref="InvalidDataException"/> if that cannot be followed.
    /// </summary>
    public static IMediaPreprocessor Create(IServiceProvider services, ModelPack pack)
    {
        const string FileName = "preprocessor_config.json";
        var part = pack.Encoders[Modality.Video];
        var path = part.FindFile(FileName) ?? part.FrameEncoder?.FindFile(FileName) ?? part.GetFile(FileName);
        var rate = services.GetRequiredService<IOptions<VideoPreprocessingOptions>>().Value.FrameRate;

        // Frames are not cut, whatever is done to pictures.
        return PatchedPictureConfig.Find(path) is { } patched
            ? Create(services, new PatchedFrames(new PatchedPictures(patched), part.NumFrames), part.NumFrames, rate)
            : Create(services, TiledPictureConfig.Find(path)?.Tile ?? PictureProcessorConfig.Load(path), part.NumFrames, rate);
    }

    internal static IMediaPreprocessor Create(IServiceProvider services, PictureProcessorConfig config, int framesPerClip, double frameRate) =>
        Create(services, new WholeFrames(new PictureProcessor(config), framesPerClip), framesPerClip, frameRate);

    private static VideoPreprocessor Create(IServiceProvider services, IFrameLayout layout, int framesPerClip, double frameRate)
    {
        var maxDuration = services.GetRequiredService<IOptions<FfmpegOptions>>().Value.MaxDuration;
        return new VideoPreprocessor(
            services.GetRequiredService<IFrameReader>(),
            services.GetRequiredService<IMediaProber>(),
            layout,
            new ClipPlan(framesPerClip, frameRate, maxDuration));
    }
}
