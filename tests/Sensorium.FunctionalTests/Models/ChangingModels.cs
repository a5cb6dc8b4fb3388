using Sensorium.FunctionalTests.Infrastructure;

namespace Sensorium.FunctionalTests.Models;

/// <summary>Models that come and go while they are served, in one process.</summary>
public sealed class ChangingInOneProcess : ModelsInOneProcess, IChangingModels
{
    public ModelFolders Models => Folders;

    protected override IReadOnlyDictionary<string, string?> Settings => IChangingModels.SettingsOf(Folders);

    protected override void Fill() => IChangingModels.Fill(Folders);
}

/// <summary>Models that come and go while they are served, with texts and pictures in processes of their own.</summary>
public sealed class ChangingInServices : OneProcess, IChangingModels
{
    private readonly int[] _ports = Ports.Free(4);

    public ChangingInServices()
    {
        IChangingModels.Fill(Models);
        (Text, Vision) = (Create("text", 0), Create("vision", 2));
    }

    public ModelFolders Models { get; } = new();

    public override bool Distributed => true;

    internal ServiceProcess Text { get; }

    internal ServiceProcess Vision { get; }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(IChangingModels.SettingsOf(Models))
    {
        ["Sensorium:Services:Text"] = Text.Address,
        ["Sensorium:Services:Vision"] = Vision.Address,
    };

    public override async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Text.StartAsync(), Vision.StartAsync());
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Text.DisposeAsync();
        await Vision.DisposeAsync();
        Models.Dispose();
    }

    private ServiceProcess Create(string name, int port)
    {
        var service = ServiceProcess.Create(name, _ports[port], _ports[port + 1], Errors);
        foreach (var (key, value) in IChangingModels.SettingsOf(Models))
        {
            service.Settings[key] = value!;
        }

        return service;
    }
}

public interface IChangingModels
{
    ModelFolders Models { get; }

    /// <summary>The bundled pack's text and pictures, its CLIP half as a model of its own, and a folder that is broken.</summary>
    static void Fill(ModelFolders folders)
    {
        folders.AddPack("sensorium-mini", ["text", "vision"], withDecoder: false);
        folders.AddPart("clip", "mini-clip");
        folders.AddTinyModel("tiny-vit-gpt2", "writer");
        folders.AddBroken("zz-broken");
    }

    static IReadOnlyDictionary<string, string?> SettingsOf(ModelFolders folders) => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = folders.Root,
        ["Sensorium:Models:Settings:mini-clip:Aliases:0"] = "clip",
        ["Sensorium:Models:Settings:sensorium-mini:IdleUnload"] = "01:00:00",
    };
}
