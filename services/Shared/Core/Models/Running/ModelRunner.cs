using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models.Running;

/// <summary>
/// The models of one hub. A model that fails is listed with its reason and the others serve; only if all fail does the start fail.
/// </summary>
/// <param name="hub">What serves them.</param>
/// <param name="task">What the service does with them.</param>
/// <param name="partOf">What the service has of a model; null if nothing.</param>
/// <param name="create">Loads a part and runs it once.</param>
/// <param name="taskOf">What a part is asked to do, where that is not <paramref name="task"/>.</param>
public sealed partial class ModelRunner<TPart, TDescription, TServer>(
    ModelHub<TDescription, TServer> hub,
    ModelTask task,
    Func<ModelPack, TPart?> partOf,
    Func<CatalogModel, TPart, CancellationToken, Task<LoadedModel<TDescription, TServer>>> create,
    ILogger logger,
    Func<TPart, ModelTask>? taskOf = null) : IModelRunner
    where TPart : PackPart
    where TDescription : class, IModelDescription
    where TServer : class, IAsyncDisposable
{
    private const string Unloaded = "it is not loaded; ModelService.Load loads it";

    private readonly ConcurrentDictionary<string, Status> _statuses = new(StringComparer.Ordinal);

    /// <summary>The process starts where all of these models fail: it has others.</summary>
    public bool StartsWithoutAny { get; init; }

    /// <summary>
    /// What a model says of itself before its graphs are loaded: it is served, and sleeps until its first request. Null loads it at the start.
    /// </summary>
    public Func<CatalogModel, TPart, TDescription?>? DescribeAsleep { get; init; }

    ModelTask IModelRunner.Task => task;

    PackPart? IModelRunner.PartOf(CatalogModel model) => model.Pack is { } pack ? partOf(pack) : null;

    public async Task StartAsync(ModelCatalog catalog, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        var usable = 0;
        foreach (var model in catalog.Models.Where(model => model.Pack is null || partOf(model.Pack) is not null))
        {
            try
            {
                usable += await TryStartAsync(model, cancellationToken) ? 1 : 0;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        }

        if (usable == 0 && !StartsWithoutAny)
        {
            failure?.Throw();
        }

        hub.MarkLoaded();
    }

    public async Task LoadAsync(CatalogModel model, CancellationToken cancellationToken)
    {
        var wasServed = hub.Look(model.Id) is not null;
        Note(model, ModelState.Loading, "it is being loaded");
        try
        {
            var before = Environment.WorkingSet;
            var (description, server) = await create(model, partOf(model.Pack!)!, cancellationToken);
            _statuses[model.Id] = new Status(ModelState.Loaded, "", Math.Max(0, Environment.WorkingSet - before));
            await hub.AddAsync(description, server, model.IsDefaultOf(task), model.Settings.IdleUnload > TimeSpan.Zero ? WakeOf(model, description) : null);
        }
        catch (Exception error)
        {
            if (wasServed)
            {
                Note(model, ModelState.Loaded, $"what was loaded before serves, loading it again failed: {error.Message}");
            }
            else
            {
                Note(model, ModelState.Failed, error.Message);
                Fail(model, error.Message);
            }

            throw;
        }
    }

    public async Task UnloadAsync(CatalogModel model)
    {
        Note(model, ModelState.Unloading, Unloaded);
        await hub.RemoveAsync(model.Id, model.AsUnserved(Unloaded, task));
        Note(model, ModelState.Unloaded, Unloaded);
    }

    public Task<bool> TrySleepAsync(CatalogModel model) => model.Settings.IdleUnload > TimeSpan.Zero
        ? hub.TrySleepAsync(model.Id, model.Settings.IdleUnload)
        : Task.FromResult(false);

    public async Task<PartCheck> CheckAsync(CatalogModel model, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var (description, server) = await create(model, partOf(model.Pack!)!, cancellationToken);
            var after = time.GetElapsedTime(started);
            await server.DisposeAsync();
            return new PartCheck(new ModelPartState(hub.Service, TaskOf(model), ModelState.Loaded, "", description.Model), after);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new PartCheck(new ModelPartState(hub.Service, TaskOf(model), ModelState.Failed, error.Message, null), time.GetElapsedTime(started))
            {
                MissingTensors = (error as ModelPackException)?.MissingTensors ?? [],
            };
        }
    }

    public ModelPartState StateOf(CatalogModel model)
    {
        var status = _statuses.GetValueOrDefault(model.Id) ?? new Status(ModelState.Unloaded, Unloaded, 0);
        if (hub.Look(model.Id) is not { } served)
        {
            return new ModelPartState(hub.Service, TaskOf(model), status.State, status.Reason, null);
        }

        var state = served.IsAwake ? status.State : ModelState.Idle;
        return new ModelPartState(hub.Service, TaskOf(model), state, status.Reason, served.Description.Model)
        {
            MemoryBytes = served.IsAwake ? status.MemoryBytes : 0,
            Requests = served.Uses,
        };
    }

    private ModelTask TaskOf(CatalogModel model) =>
        taskOf is not null && model.Pack is { } pack && partOf(pack) is { } part ? taskOf(part) : task;

    private async Task<bool> TryStartAsync(CatalogModel model, CancellationToken cancellationToken)
    {
        if (model.Pack is null)
        {
            Fail(model, model.Problem!);
            return false;
        }

        if (!model.Settings.LoadAtStart)
        {
            hub.Fail(model.AsUnserved(Unloaded, task));
        }
        else if (DescribeAsleep?.Invoke(model, partOf(model.Pack)!) is { } description)
        {
            _statuses[model.Id] = new Status(ModelState.Loaded, "", 0);
            await hub.AddAsync(description, null, model.IsDefaultOf(task), WakeOf(model, description));
        }
        else
        {
            await LoadAsync(model, cancellationToken);
        }

        return true;
    }

    private Func<Task<TServer>> WakeOf(CatalogModel model, TDescription before) => async () =>
    {
        try
        {
            var workingSet = Environment.WorkingSet;
            var (description, server) = await create(model, partOf(model.Pack!)!, CancellationToken.None);
            if (description.Model == before.Model)
            {
                _statuses[model.Id] = new Status(ModelState.Loaded, "", Math.Max(0, Environment.WorkingSet - workingSet));
                return server;
            }

            await server.DisposeAsync();
            throw new ModelPackException(model.Folder, ["its files have changed since it was loaded; ModelService.Load takes the new ones"]);
        }
        catch (Exception error)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, $"Model '{model.Id}' could not be loaded: {error.Message}", error);
        }
    };

    private void Fail(CatalogModel model, string reason)
    {
        LogUnserved(model.Id, hub.Service, reason);
        hub.Fail(model.AsUnserved(reason, task));
    }

    private void Note(CatalogModel model, ModelState state, string reason) =>
        _statuses.AddOrUpdate(model.Id, new Status(state, reason, 0), (_, old) => new Status(state, reason, old.MemoryBytes));

    [LoggerMessage(3100, LogLevel.Warning, "Model {Model} is not served by the {Service} service: {Reason}")]
    private partial void LogUnserved(string model, string service, string reason);

    private sealed record Status(ModelState State, string Reason, long MemoryBytes);
}

/// <summary>A model that works.</summary>
public sealed record LoadedModel<TDescription, TServer>(TDescription Description, TServer Server);
