using System.Collections.Immutable;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models.Running;

namespace Sensorium.Core.Models;

/// <summary>What serves the models of one service. Models come and go while requests run: each request keeps the one that it began with.</summary>
/// <typeparam name="TDescription">What a model says of itself.</typeparam>
/// <typeparam name="TServer">What does its work.</typeparam>
public sealed class ModelHub<TDescription, TServer>(string service, TimeProvider? time = null) : IAsyncDisposable
    where TDescription : class, IModelDescription
    where TServer : class, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private volatile State _state = new([], new ServedModels<TDescription>(service, [], []));

    public string Service => service;

    /// <summary>All models that shall be served at start have been tried.</summary>
    public bool IsLoaded { get; private set; }

    public ServedModels<TDescription> Served => _state.Served;

    public void MarkLoaded() => IsLoaded = true;

    /// <summary>Takes over a server that works. One of the same id that is there already gets no new requests; its end is awaited.</summary>
    /// <param name="server">Null for one that sleeps until it is asked for.</param>
    /// <param name="wake">Loads it after it has slept; null if it never sleeps.</param>
    public Task AddAsync(TDescription description, TServer? server, bool isDefault, Func<Task<TServer>>? wake = null)
    {
        var entry = new ModelEntry<TDescription, TServer>(description, server, wake, time ?? TimeProvider.System);
        ModelEntry<TDescription, TServer>? old;
        lock (_gate)
        {
            old = Find(description.Model.Id);
            var others = _state.Entries.Where(other => other != old);
            ImmutableArray<ModelEntry<TDescription, TServer>> entries = isDefault ? [entry, .. others] : [.. others, entry];
            Change(entries, [.. Served.Unserved.Where(model => model.Id != description.Model.Id)]);
        }

        return old?.EndAsync() ?? Task.CompletedTask;
    }

    /// <summary>Lists a model that cannot be used.</summary>
    public void Fail(UnservedModel model)
    {
        lock (_gate)
        {
            Change(_state.Entries, [.. Served.Unserved.Where(other => other.Id != model.Id), model]);
        }
    }

    /// <summary>No new request gets it; ends when those that run have ended.</summary>
    /// <param name="left">What is listed in its place; null for nothing.</param>
    public Task RemoveAsync(string id, UnservedModel? left = null)
    {
        ModelEntry<TDescription, TServer>? entry;
        lock (_gate)
        {
            entry = Find(id);
            UnservedModel[] unserved = [.. Served.Unserved.Where(other => left is null || other.Id != left.Id)];
            Change([.. _state.Entries.Where(other => other != entry)], left is null ? unserved : [.. unserved, left]);
        }

        return entry?.EndAsync() ?? Task.CompletedTask;
    }

    /// <summary>The model that is asked for, loaded again if it sleeps.</summary>
    /// <exception cref="Errors.SensoriumException">FAILED_PRECONDITION: the model is not served.</exception>
    public async ValueTask<ModelUse<TServer>> UseAsync(ModelSelector? selector, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = _state;
            var description = state.Served.Select(selector);
            var entry = state.Entries.First(entry => ReferenceEquals(entry.Description, description));

            // One that has ended since is no longer in the next state.
            if (await entry.EnterAsync(cancellationToken) is { } use)
            {
                return use;
            }
        }
    }

    /// <summary>Those that are awake, each held until it is disposed.</summary>
    public IEnumerable<ModelUse<TServer>> PeekAll() => _state.Entries.Select(entry => entry.Peek()).OfType<ModelUse<TServer>>();

    /// <summary>Null if it is not served.</summary>
    public (TDescription Description, bool IsAwake, int Uses)? Look(string id) =>
        Find(id) is { } entry ? (entry.Description, entry.IsAwake, entry.Uses) : null;

    /// <summary>Whether it has been put to sleep now.</summary>
    public Task<bool> TrySleepAsync(string id, TimeSpan idle) => Find(id)?.TrySleepAsync(idle) ?? Task.FromResult(false);

    /// <summary>Waits for nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        ImmutableArray<ModelEntry<TDescription, TServer>> entries;
        lock (_gate)
        {
            entries = _state.Entries;
            Change([], Served.Unserved);
        }

        foreach (var entry in entries)
        {
            await entry.EndAsync(abandon: true);
        }
    }

    private ModelEntry<TDescription, TServer>? Find(string id) => _state.Entries.FirstOrDefault(entry => entry.Description.Model.Id == id);

    private void Change(ImmutableArray<ModelEntry<TDescription, TServer>> entries, IReadOnlyList<UnservedModel> unserved) =>
        _state = new State(entries, new ServedModels<TDescription>(service, [.. entries.Select(entry => entry.Description)], unserved));

    private sealed record State(ImmutableArray<ModelEntry<TDescription, TServer>> Entries, ServedModels<TDescription> Served);
}
