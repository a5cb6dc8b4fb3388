using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Decoding;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

public static class GenerationRegistration
{
    /// <summary>
    /// Registers generation in the process. It encodes with the <see cref="Core.Encoding.IEncoder"/>s that are registered under
    /// their modalities.
    /// </summary>
    public static WebApplicationBuilder AddGeneration(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        builder.Services.AddSensoriumDecoder();
        builder.Services.AddKeyedSingleton<ITokenizer>(
            GenerationServiceCollectionExtensions.TokenizerKey,
            (provider, _) => TokenizerLoader.Load(provider.GetRequiredService<ModelPack>().Decoder!));
        builder.Services.AddSensoriumGeneration();
        builder.Services.AddSingleton<IModelReadiness, DecoderProbe>();
        return builder;
    }
}
