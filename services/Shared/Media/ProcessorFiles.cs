using Sensorium.Core.Packs;

namespace Sensorium.Media;

/// <summary>Where a part says how its media are prepared.</summary>
public static class ProcessorFiles
{
    private const string Own = "preprocessor_config.json";

    /// <summary>The file of its own, or what newer exports have for all of a model's processors. Throws <see cref="ModelPackException"/> if it has neither.</summary>
    public static string Of(PackPart part) => part.FindFile(Own) ?? part.FindFile("processor_config.json") ?? part.GetFile(Own);
}
