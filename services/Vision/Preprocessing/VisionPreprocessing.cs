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
    /// <summary>
    /// Registers <see cref="IMediaPreprocessor"/> under the key <see cref="Modality.Image"/>, made from the registered
    /// <see cref="ModelPack"/>.
    /// </summary>
    public static IHostApplicationBuilder AddVisionPreprocessing(this IHostApplicationBuilder builder)
    {
        builder.AddSensoriumMedia();
        builder.Services.TryAddKeyedSingleton(Modality.Image, (services, _) => Create(services, services.GetRequiredService<ModelPack>()));
        return builder;
    }

    /// <summary>Throws <see cref="InvalidDataException"/> if the pack's preprocessor_config.json cannot be followed.</summary>
    public static IMediaPreprocessor Create(IServiceProvider services, ModelPack pack) =>
        Create(services, PictureProcessorConfig.Load(pack.Encoders[Modality.Image].GetFile("preprocessor_config.json")));

    internal static IMediaPreprocessor Create(IServiceProvider services, PictureProcessorConfig config) => new VisionPreprocessor(
        services.GetRequiredService<IImageDecoder>(), new PictureProcessor(config), services.GetRequiredService<IOptions<ImagingOptions>>());
}
