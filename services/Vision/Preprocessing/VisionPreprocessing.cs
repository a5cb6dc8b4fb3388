using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Vision.Preprocessing;

public static class VisionPreprocessing
{
    /// <summary>Registers what <see cref="Create(IServiceProvider, ModelPack)"/> needs.</summary>
    public static IHostApplicationBuilder AddVisionPreprocessing(this IHostApplicationBuilder builder)
    {
        builder.AddSensoriumMedia();
        return builder;
    }

    /// <summary>Throws <see cref="InvalidDataException"/> if the pack's preprocessor_config.json cannot be followed.</summary>
    public static IMediaPreprocessor Create(IServiceProvider services, ModelPack pack) =>
        Create(services, ProcessorFiles.Of(pack.Encoders[Modality.Image]));

    private static IMediaPreprocessor Create(IServiceProvider services, string path)
    {
        var (decoder, options) = (services.GetRequiredService<IImageDecoder>(), services.GetRequiredService<IOptions<ImagingOptions>>());
        return TiledPictureConfig.Find(path) is { } tiled ? new TiledPreprocessor(decoder, new TiledPictures(tiled), options)
            : PatchedPictureConfig.Find(path) is { } patched ? new PatchedPreprocessor(decoder, new PatchedPictures(patched), options)
            : Create(services, PictureProcessorConfig.Load(path));
    }

    internal static IMediaPreprocessor Create(IServiceProvider services, PictureProcessorConfig config) => new VisionPreprocessor(
        services.GetRequiredService<IImageDecoder>(), new PictureProcessor(config), services.GetRequiredService<IOptions<ImagingOptions>>());
}
