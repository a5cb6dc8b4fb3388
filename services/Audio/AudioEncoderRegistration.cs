using Sensorium.Hosting.Packs;

namespace Sensorium.Audio;

public static class AudioEncoderRegistration
{
    /// <summary>Registers this service's encoder in the process, under its modality.</summary>
    public static WebApplicationBuilder AddAudioEncoder(this WebApplicationBuilder builder)
    {
        builder.AddModelPack();
        return builder;
    }
}
