using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

public static class OnnxEncoderServiceCollectionExtensions
{
    /// <summary>
    /// Registers the pack's encoder of a modality as <see cref="IEncoder"/> under that modality, loaded and warmed up when the
    /// host starts, configured by "Sensorium:&lt;Service&gt;:Model" and "Sensorium:&lt;Service&gt;:Encoder". Needs the
    /// <see cref="ModelPack"/>, an <see cref="IMediaResolver"/> and the modality's <see cref="IMediaPreprocessor"/>.
    /// </summary>
    /// <param name="limits">What the preprocessor allows, as pixels and duration.</param>
    public static IServiceCollection AddOnnxEncoder(
        this IServiceCollection services, Modality modality, Func<IServiceProvider, EncoderLimits>? limits = null)
    {
        services.AddOnnxOptions(ModalityTable.Of(modality).Section);
        services.TryAddSingleton<OnnxEncoderFactory>();
        services.AddKeyedSingleton(modality, (provider, _) => provider.GetRequiredService<OnnxEncoderFactory>().Create(
            provider.GetRequiredService<ModelPack>(),
            modality,
            provider.GetRequiredService<IOptionsMonitor<OnnxOptions>>().Get(ModalityTable.Of(modality).Section)));
        services.AddEncoderPipeline(modality, limits);
        services.AddSingleton<IHostedService>(provider => new EncoderWarmUp(provider.GetRequiredKeyedService<EncoderPipeline>(modality)));
        return services;
    }
}
