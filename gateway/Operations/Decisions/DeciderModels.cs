using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Storing;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Deciders as models: each version is one, and the newest of an id answers to the id alone.</summary>
internal sealed class DeciderModels(DeciderStore store, TimeProvider time) : IModelHost
{
    private const string Service = "gateway";
    private const string Family = "decider";

    public Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelOverview>>([.. store.List().GroupBy(listed => listed.Info.Id, StringComparer.Ordinal).SelectMany(versions => versions.Select(ToOverview))]);

    public async IAsyncEnumerable<ModelPartState> LoadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var info = Require(name);
        yield return new ModelPartState(Service, ModelTask.Decide, ModelState.Loading, "", null);
        yield return await Task.Run(() => Load(info), cancellationToken);
    }

    public async Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken)
    {
        var info = Require(name);
        var started = time.GetTimestamp();
        var part = await Task.Run(() => Read(info), cancellationToken);
        var listed = store.List().First(listed => listed.Info.Name == info.Name);
        return new ModelCheck(ToOverview(listed, 0) with { Parts = [part] }, [new PartCheck(part, time.GetElapsedTime(started))]);
    }

    public async IAsyncEnumerable<ModelPartState> UnloadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var info = Require(name);
        await Task.Run(() => store.Unload(info.Name), cancellationToken);
        yield return StateOf(info, isLoaded: false, 0);
    }

    // In the order of the store, whose first of an id is the newest.
    private static ModelOverview ToOverview(ListedDecider listed, int place) => new(
        listed.Info.Name,
        place == 0 ? [listed.Info.Id] : [],
        Family,
        "",
        [],
        listed.SizeBytes,
        IsDefault: false,
        [StateOf(listed.Info, listed.IsLoaded, listed.MemoryBytes)],
        "")
    {
        Reads = [.. listed.Info.Models.Select(model => model.Modality).DefaultIfEmpty("text")],
    };

    private static ModelPartState StateOf(DeciderInfo info, bool isLoaded, long memoryBytes) => isLoaded
        ? new ModelPartState(Service, ModelTask.Decide, ModelState.Loaded, "", new ModelIdentity(info.Id, $"{info.Version}", "", "", "", "cpu", "")) { MemoryBytes = memoryBytes }
        : new ModelPartState(Service, ModelTask.Decide, ModelState.Idle, "", null);

    private ModelPartState Load(DeciderInfo info) => Try(info, () => store.Get(info.Name));

    private ModelPartState Read(DeciderInfo info) => Try(info, () => store.Read(info.Name));

    private static ModelPartState Try(DeciderInfo info, Func<Decider> open)
    {
        try
        {
            return StateOf(info, isLoaded: true, open().MemoryBytes);
        }
        catch (SensoriumException error)
        {
            return new ModelPartState(Service, ModelTask.Decide, ModelState.Failed, error.Message, null);
        }
    }

    private DeciderInfo Require(string name) => store.Find(name) ?? throw new SensoriumException(
        ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, $"There is no decider '{name}' here; there is: {ModelNames.List(store.List().Select(listed => listed.Info.Name))}.");
}
