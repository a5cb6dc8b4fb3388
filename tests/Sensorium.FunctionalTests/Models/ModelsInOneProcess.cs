using Sensorium.FunctionalTests.Infrastructure;

namespace Sensorium.FunctionalTests.Models;

/// <summary>One process with model folders of its own.</summary>
public abstract class ModelsInOneProcess : OneProcess
{
    protected ModelFolders Folders { get; } = new();

    public override ValueTask InitializeAsync()
    {
        Fill();
        return base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Folders.Dispose();
    }

    protected abstract void Fill();
}

/// <summary>The bundled pack, its CLIP half as a model of its own, and a folder that is broken.</summary>
public sealed class SeveralModels : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Sensorium:Models:Folder"] = Folders.Root };

    protected override void Fill()
    {
        Folders.AddPack("sensorium-mini", ["text", "vision", "audio", "video"], withDecoder: true);
        Folders.AddPart("clip", "mini-clip");
        Folders.AddBroken("zz-broken");
    }
}

/// <summary>A pack that reads texts and does nothing else.</summary>
public sealed class TextOnly : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["Sensorium:Pack"] = Path.Combine(Folders.Root, "words") };

    protected override void Fill() => Folders.AddPack("words", ["text"], withDecoder: false);
}

/// <summary>A pack that does everything but hear.</summary>
public sealed class NoAudio : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["Sensorium:Pack"] = Path.Combine(Folders.Root, "deaf") };

    protected override void Fill() => Folders.AddPack("deaf", ["text", "vision", "video"], withDecoder: true);
}
