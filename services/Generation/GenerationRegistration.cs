using Sensorium.Core.Generation;
using Sensorium.Hosting.Packs;

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
        builder.Services.AddSensoriumGeneration();
        return builder;
    }
}
