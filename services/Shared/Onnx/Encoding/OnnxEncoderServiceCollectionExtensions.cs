using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

public static class OnnxEncoderServiceCollectionExtensions
{
    /// <summary>
    /// Registers the encoders of a modality as <see cref="IEncoder"/> under that modality, one for each model of the
    /// <see cref="ModelCatalog"/> that has a part for it, loaded and warmed up when the host starts, configured by
    /// "Sensorium:&lt;Service&gt;:Model" and "Sensorium:&lt;Service&gt;:Encoder".
    /// </summary>
    /// <param name="preprocessor">Makes what prepares media for one model.</param>
    /// <param name="limits">What the preprocessors allow, as pixels and duration.</param>
    public static IServiceCollection AddOnnxEncoder(
        this IServiceCollection services,
        Modality modality,
        Func<IServiceProvider, ModelPack, IMediaPreprocessor> preprocessor,
        Func<IServiceProvider, EncoderLimits>? limits = null)
    {
        services.AddOnnxOptions(ModalityTable.Of(modality).Section);
        services.AddModelFamilies();
        services.TryAddSingleton<OnnxEncoderFactory>();
        services.AddEncoderHub(modality);
        services.AddSingleton(provider => provider.GetRequiredKeyedService<EncoderHub>(modality).RunBy(
            (pack, part) => Create(provider, pack, part, preprocessor, limits?.Invoke(provider) ?? EncoderLimits.None),
            provider.GetRequiredService<ILogger<EncoderHub>>()));
        return services;
    }

    private static EncoderPipeline Create(
        IServiceProvider provider,
        ModelPack pack,
        EncoderPart part,
        Func<IServiceProvider, ModelPack, IMediaPreprocessor> preprocessor,
        EncoderLimits limits)
    {
        var options = provider.GetOnnxOptions(ModalityTable.Of(part.Modality).Section, pack.Id)
            .Choose(pack.LightVariant, ByteProducts.AreFast, part.FrameEncoder is { } frames ? [part, frames] : [part]);
        var prepare = preprocessor(provider, pack);
        var model = provider.GetRequiredService<OnnxEncoderFactory>().Create(pack, part.Modality, options);
        try
        {
            return provider.CreatePipeline(pack, part, model, prepare, limits);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
