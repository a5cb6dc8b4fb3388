using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>A host of models that does nothing but list them.</summary>
internal sealed class FakeModels : IModelHost
{
    public IReadOnlyList<ModelOverview> Models { get; set; } =
    [
        Model("fake", Part("text", ModelTask.Embed), Part("vision", ModelTask.Embed), Part("generation", ModelTask.Generate)),
        Model("hearer", Part("audio", ModelTask.Embed, ModelState.Idle), Part("generation", ModelTask.Transcribe, ModelState.Idle)),
        Model("broken", Part("text", ModelTask.Embed, ModelState.Failed)),
    ];

    public static ModelOverview Model(string id, params ModelPartState[] parts) =>
        new(id, [$"{id}-alias"], "family", "MIT", ["en"], 1_000, id == "fake", parts, "");

    public static ModelPartState Part(string service, ModelTask task, ModelState state = ModelState.Loaded) =>
        new(service, task, state, "", new ModelIdentity("", "revision", "fp32", "space", "", "cpu", "MIT")) { MemoryBytes = 7 };

    public Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Models);

    public IAsyncEnumerable<ModelPartState> LoadAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<ModelPartState> UnloadAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
}
