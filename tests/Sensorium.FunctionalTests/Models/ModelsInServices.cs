using Sensorium.FunctionalTests.Infrastructure;

namespace Sensorium.FunctionalTests.Models;

/// <summary>Texts and pictures in processes of their own, each with two models and a default of its own; the gateway asks them.</summary>
public sealed class ModelsInServices : OneProcess
{
    private readonly ModelFolders _folders = new();
    private readonly int[] _ports = Ports.Free(5);

    public ModelsInServices()
    {
        _folders.AddPack("sensorium-mini", ["text", "vision"], withDecoder: false);
        _folders.AddPart("clip", "mini-clip");
        Text = Create("text", _ports[1], _ports[2], "sensorium-mini");
        Vision = Create("vision", _ports[3], _ports[4], "mini-clip");
    }

    internal ServiceProcess Text { get; }

    internal ServiceProcess Vision { get; }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Host:GrpcPort"] = $"{_ports[0]}",
        ["Sensorium:Models:Folder"] = _folders.Root,
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
        _folders.Dispose();
    }

    private ServiceProcess Create(string name, int grpcPort, int httpPort, string defaultModel)
    {
        var service = ServiceProcess.Create(name, grpcPort, httpPort, Errors);
        foreach (var (key, value) in CommonSettings)
        {
            service.Settings[key] = value;
        }

        service.Settings["Sensorium:Models:Folder"] = _folders.Root;
        service.Settings["Sensorium:Models:Default"] = defaultModel;
        service.Settings["Sensorium:Services:Gateway"] = $"http://127.0.0.1:{_ports[0]}";
        return service;
    }
}
