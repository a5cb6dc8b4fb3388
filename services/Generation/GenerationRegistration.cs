using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Decoding;

namespace Sensorium.Generation;

public static class GenerationRegistration
{
    /// <summary>
    /// Registers generation in the process. It encodes with the <see cref="IEncoder"/>s that are registered under
    /// their modalities.
    /// </summary>
    public static WebApplicationBuilder AddGeneration(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.Services.AddSensoriumDecoder();
        builder.Services.AddCaptionHub();
        builder.Services.AddSingleton<DecoderLoader>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DecoderLoader>());
        builder.Services.AddSingleton<IModelReadiness>(provider => provider.GetRequiredService<DecoderLoader>());
        return builder;
    }
}
