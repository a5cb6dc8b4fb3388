using Sensorium.FunctionalTests.Models;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>Every tiny model beside the bundled pack, which stays the default, in one process.</summary>
public sealed class TinyModelsInOneProcess : ModelsInOneProcess
{
    public const string Name = "tiny models in one process";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Models:Defaults:Classify"] = NamedModels.Classifier,
        ["Sensorium:Models:Defaults:Rerank"] = NamedModels.Reranker,
    };

    protected override void Fill() => Folders.AddTinyModels();

    [CollectionDefinition(Name)]
    public sealed class Definition : ICollectionFixture<TinyModelsInOneProcess>;
}
