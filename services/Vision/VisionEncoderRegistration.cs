using Sensorium.Hosting.Packs;

namespace Sensorium.Vision;

public static class VisionEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddVisionEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        return builder;
    }
}
