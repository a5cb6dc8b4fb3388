using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Encoding;
using Sensorium.Text.Preprocessing;

namespace Sensorium.Text;

public static class TextEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddTextEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        builder.AddTextPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Text);
        return builder;
    }
}
