using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;
using Sensorium.Onnx.Encoding;
using Sensorium.Text.Preprocessing;

namespace Sensorium.Text;

public static class TextModule
{
    /// <summary>The service as a process of its own. Answers the exit status.</summary>
    public static Task<int> RunAsync(string[] args) => EncoderApplication.RunAsync(args, Modality.Text, builder => builder.AddTextEncoder());

    /// <summary>Registers this service's encoders in the process, under their modality.</summary>
    public static WebApplicationBuilder AddTextEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelCatalog();
        builder.AddTextPreprocessing();
        builder.Services.AddOnnxEncoder(Modality.Text, TextPreprocessing.Create);
        return builder;
    }
}
