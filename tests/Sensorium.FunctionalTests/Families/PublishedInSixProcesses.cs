using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Models;

namespace Sensorium.FunctionalTests.Families;

/// <summary>The models with published weights beside the bundled pack, in six processes.</summary>
public sealed class PublishedInSixProcesses : SixProcesses
{
    private readonly ModelFolders _folders = new();

    public PublishedInSixProcesses() => _folders.AddPublishedModels();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Sensorium:Models:Folder"] = _folders.Root };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folders.Dispose();
    }
}
