using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Models.Running;

/// <summary>The models of this process.</summary>
public sealed class RunningModels(ModelCatalog catalog, IEnumerable<IModelRunner> runners, ModelChecker checker, MemoryReliefs memory) : IModelHost, IDisposable
{
    private readonly IModelRunner[] _runners = [.. runners];

    // One model at a time comes or goes, so that none is loaded twice and what each takes can be told.
    private readonly SemaphoreSlim _change = new(1);

    public Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelOverview>>([.. catalog.Models.Select(model => ModelOverview.Of(model, RunnersOf(model).Select(runner => runner.StateOf(model))))]);

    public async IAsyncEnumerable<ModelPartState> LoadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken);
        try
        {
            var model = catalog.Refresh(name) ?? throw Unknown(name);
            if (model.Pack is null)
            {
                throw new SensoriumException(
                    ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, $"Model '{model.Id}' cannot be loaded: {model.Problem}");
            }

            foreach (var runner in RunnersOf(model))
            {
                yield return runner.StateOf(model) with { State = ModelState.Loading };
                yield return await TryLoadAsync(runner, model, cancellationToken);
            }

            memory.Release();
        }
        finally
        {
            _change.Release();
        }
    }

    public async IAsyncEnumerable<ModelPartState> UnloadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken);
        try
        {
            var model = catalog.Find(name) ?? throw Unknown(name);
            foreach (var runner in RunnersOf(model))
            {
                // It goes on when the caller stops waiting for it.
                var unloading = runner.UnloadAsync(model);
                yield return runner.StateOf(model) with { State = ModelState.Unloading };
                await unloading.WaitAsync(cancellationToken);
                yield return runner.StateOf(model);
            }

            memory.Release();
        }
        finally
        {
            _change.Release();
        }
    }

    public async Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken);
        try
        {
            return await checker.CheckAsync(catalog.Read(name) ?? throw Unknown(name), cancellationToken);
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Puts to sleep what nobody has used for as long as its settings say.</summary>
    public async Task SleepAsync()
    {
        var slept = false;
        foreach (var model in catalog.Models)
        {
            foreach (var runner in RunnersOf(model))
            {
                slept |= await runner.TrySleepAsync(model);
            }
        }

        if (slept)
        {
            memory.Release();
        }
    }

    public void Dispose() => _change.Dispose();

    private static async Task<ModelPartState> TryLoadAsync(IModelRunner runner, CatalogModel model, CancellationToken cancellationToken)
    {
        try
        {
            await runner.LoadAsync(model, cancellationToken);
            return runner.StateOf(model);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return runner.StateOf(model) with { State = ModelState.Failed, Reason = error.Message };
        }
    }

    private IEnumerable<IModelRunner> RunnersOf(CatalogModel model) => _runners.Where(runner => runner.PartOf(model) is not null);

    private SensoriumException Unknown(string name) => new(
        ErrorCode.FailedPrecondition,
        ErrorReasons.ModelMismatch,
        $"There is no model '{name}' here; there is: {ModelNames.List(catalog.Models.Select(model => model.Id))}.");
}
