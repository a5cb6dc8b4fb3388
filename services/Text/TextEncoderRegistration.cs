using Sensorium.Hosting.Packs;

namespace Sensorium.Text;

public static class TextEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddTextEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        return builder;
    }
}
