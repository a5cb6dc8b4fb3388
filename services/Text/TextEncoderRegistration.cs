using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Encoding;
using Sensorium.Text.Preprocessing;

namespace Sensorium.Text;

public static class TextEncoderRegistration
{
    /// <summary>Registers this service's encoders in the process, under their modality.</summary>
    public static WebApplicationBuilder AddTextEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddTextPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Text, TextPreprocessing.Create);
        return builder;
    }
}
