using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>Every tiny model beside the bundled pack, which stays the default, in six processes, and what makes pictures in a seventh.</summary>
public sealed class TinyModelsInSixProcesses : SixProcesses
{
    public const string Name = "tiny models in six processes";

    private readonly ModelFolders _folders = new();

    public TinyModelsInSixProcesses()
    {
        _folders.AddTinyModels();
        _folders.LinkTinyPictureModel();
    }

    private protected override IReadOnlyList<string> Processes => ["image-generation", .. Names];

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sensorium:Models:Folder"] = _folders.Root,
        ["Sensorium:Models:Defaults:Classify"] = NamedModels.Classifier,
        ["Sensorium:Models:Defaults:Rerank"] = NamedModels.Reranker,
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folders.Dispose();
    }

    [CollectionDefinition(Name)]
    public sealed class Definition : ICollectionFixture<TinyModelsInSixProcesses>;
}
