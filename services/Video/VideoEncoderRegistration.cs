using Sensorium.Hosting.Packs;

namespace Sensorium.Video;

public static class VideoEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddVideoEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        return builder;
    }
}
