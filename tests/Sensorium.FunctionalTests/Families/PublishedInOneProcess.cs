using Sensorium.FunctionalTests.Models;

namespace Sensorium.FunctionalTests.Families;

/// <summary>The models with published weights beside the bundled pack, in one process.</summary>
public sealed class PublishedInOneProcess : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Sensorium:Models:Folder"] = Folders.Root };

    protected override void Fill() => Folders.AddPublishedModels();
}
