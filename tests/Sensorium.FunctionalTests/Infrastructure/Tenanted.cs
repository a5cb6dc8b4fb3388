using Sensorium.FunctionalTests.Models;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>A gateway of five tenants and a bare graph, with a text encoder that takes few items at a time.</summary>
public sealed class Tenanted : ModelsInOneProcess
{
    internal const string Loud = "loud-0123456789ab";
    internal const string Quiet = "quiet-0123456789ab";
    internal const string Small = "small-0123456789ab";
    internal const string Recorded = "recorded-0123456789ab";
    internal const string Tensors = "tensors-0123456789ab";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-tenants-");

    internal string AuditPath => Path.Combine(_folder.FullName, "audit.jsonl");

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Tenants:loud:Keys:0"] = Loud,
        ["Sensorium:Tenants:quiet:Keys:0"] = Quiet,
        ["Sensorium:Tenants:small:Keys:0"] = Small,
        ["Sensorium:Tenants:small:RequestsPerMinute"] = "2",
        ["Sensorium:Tenants:recorded:Keys:0"] = Recorded,
        ["Sensorium:Tenants:tensors:Keys:0"] = Tensors,
        ["Sensorium:Text:Encoder:MaxPendingItems"] = "32",
        ["Sensorium:Audit:Path"] = AuditPath,
    };

    protected override void Fill()
    {
        Folders.AddBundledPack();
        Folders.AddGraphs("simple");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
