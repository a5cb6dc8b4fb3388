using Grpc.Core;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>What is loaded takes memory, and what is unloaded gives it back to the system.</summary>
public sealed class UnloadedMemoryTests : IAsyncLifetime
{
    private const int Models = 8;
    private const long MiB = 1 << 20;
    private const long MostKept = 30 * MiB;

    // The weights of the picture half, once for each model.
    private const long LeastTaken = Models * 13 * MiB;

    private readonly ModelFolders _folders = new();
    private readonly ErrorLog _errors = new();
    private readonly ServiceProcess _vision;

    public UnloadedMemoryTests()
    {
        var ports = Ports.Free(2);
        _vision = ServiceProcess.Create("vision", ports[0], ports[1], _errors);
        _vision.Settings["Sensorium:Models:Folder"] = _folders.Root;
        _vision.Settings["Sensorium:Models:Default"] = "stays";
        _folders.AddPart("clip", "stays");
        foreach (var id in Ids)
        {
            _folders.AddPart("clip", id);
            _vision.Settings[$"Sensorium:Models:Settings:{id}:LoadAtStart"] = "false";
        }
    }

    private static IEnumerable<string> Ids => Enumerable.Range(0, Models).Select(index => $"m{index}");

    public async ValueTask InitializeAsync() => await _vision.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _vision.DisposeAsync();
        _folders.Dispose();
    }

    [Fact]
    public async Task Unloading_gives_the_memory_of_a_model_back_to_the_system()
    {
        await EncodeAsync("stays");
        var before = _vision.ResidentBytes;
        var models = new V1.ModelService.ModelServiceClient(_vision.Channel);
        foreach (var id in Ids)
        {
            using var call = models.Load(new V1.ModelServiceLoadRequest { Id = id });
            var steps = await call.ResponseStream.ReadAllAsync().ToArrayAsync();
            Assert.Equal(V1.ModelState.Loaded, steps[^1].Part.State);
            Assert.True(steps[^1].Part.MemoryBytes > 0);
            await EncodeAsync(id);
        }

        var loaded = _vision.ResidentBytes;
        foreach (var id in Ids)
        {
            using var call = models.Unload(new V1.ModelServiceUnloadRequest { Id = id });
            await call.ResponseStream.ReadAllAsync().ToArrayAsync();
        }

        var after = _vision.ResidentBytes;
        Assert.True(loaded - before > LeastTaken, $"Loading took {(loaded - before) / MiB} MiB.");
        Assert.True(after - before < MostKept, $"{(after - before) / MiB} MiB of {(loaded - before) / MiB} MiB were kept.");
        await EncodeAsync("stays");
        Assert.Empty(_errors.Take());
    }

    private async Task EncodeAsync(string model)
    {
        var response = await new V1.EncoderService.EncoderServiceClient(_vision.Channel).EncodeAsync(new V1.EncodeRequest
        {
            Items = { new V1.Media { Data = Google.Protobuf.ByteString.CopyFrom(Pictures.Png(1)), Modality = V1.Modality.Image } },
            Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } },
        });
        Assert.NotNull(Assert.Single(response.Results).Encoded);
    }
}
