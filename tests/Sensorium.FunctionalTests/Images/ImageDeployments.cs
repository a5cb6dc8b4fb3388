using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

/// <summary>The tiny model that makes pictures beside the bundled pack, and one that lacks a part.</summary>
public sealed class ImagesInOneProcess : ModelsInOneProcess
{
    public const string Name = "images in one process";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Sensorium:Models:Folder"] = Folders.Root };

    protected override void Fill()
    {
        Folders.AddTinyPictureModel();
        Folders.AddBundledPictureModel("zy-draw");
        Directory.Delete(Path.Combine(Folders.AddTinyPictureModel("zz-no-unet"), "unet"), recursive: true);
    }

    [CollectionDefinition(Name)]
    public sealed class Definition : ICollectionFixture<ImagesInOneProcess>;
}

/// <summary>The tiny model that makes pictures, and nothing else.</summary>
internal sealed class ImagesAlone : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Sensorium:Models:Folder"] = Folders.Root };

    protected override void Fill() => Folders.LinkTinyPictureModel();
}

/// <summary>The models of one process with what makes pictures in a process of its own.</summary>
public sealed class ImagesInTheirProcess : OneProcess
{
    public const string Name = "images in their own process";

    private readonly ModelFolders _folders = new();
    private readonly int[] _ports = Ports.Free(3);

    public ImagesInTheirProcess()
    {
        _folders.AddTinyPictureModel();
        Directory.Delete(Path.Combine(_folders.AddTinyPictureModel("zz-no-unet"), "unet"), recursive: true);
        Service = ServiceProcess.Create("image-generation", _ports[1], _ports[2], Errors);
        Service.Settings["Sensorium:Models:Folder"] = _folders.Root;
        Service.Settings["Sensorium:Services:Gateway"] = $"http://127.0.0.1:{_ports[0]}";
    }

    internal ServiceProcess Service { get; }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Host:GrpcPort"] = $"{_ports[0]}",
        ["Sensorium:Models:Folder"] = _folders.Root,
        ["Sensorium:Services:ImageGeneration"] = Service.Address,
    };

    protected override Uri HttpOf(string service) => service == "image-generation" ? Service.Http : base.HttpOf(service);

    public override async ValueTask InitializeAsync()
    {
        await Service.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Service.DisposeAsync();
        _folders.Dispose();
    }

    [CollectionDefinition(Name)]
    public sealed class Definition : ICollectionFixture<ImagesInTheirProcess>;
}
