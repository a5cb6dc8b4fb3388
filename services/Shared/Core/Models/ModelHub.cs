using System.Collections.Immutable;
using Sensorium.Core.Encoding;

namespace Sensorium.Core.Models;

/// <summary>What serves the models of one service. Models come and go while requests run: each request takes the state of its start.</summary>
/// <typeparam name="TDescription">What a model says of itself.</typeparam>
/// <typeparam name="TServer">What does its work.</typeparam>
public sealed class ModelHub<TDescription, TServer>(string service)
    where TDescription : class, IModelDescription
    where TServer : class
{
    private readonly Lock _gate = new();
    private volatile State _state = new([], new ServedModels<TDescription>(service, [], []));

    public ServedModels<TDescription> Served => _state.Served;

    public IReadOnlyList<TServer> Servers => [.. _state.Entries.Select(entry => entry.Server)];

    public void Add(TDescription description, TServer server, bool isDefault)
    {
        lock (_gate)
        {
            var entry = (description, server);
            var entries = isDefault ? _state.Entries.Insert(0, entry) : _state.Entries.Add(entry);
            Change(entries, [.. Served.Unserved.Where(model => model.Id != description.Model.Id)]);
        }
    }

    /// <summary>Lists a model that cannot be used.</summary>
    public void Fail(UnservedModel model)
    {
        lock (_gate)
        {
            Change(_state.Entries, [.. Served.Unserved.Where(other => other.Id != model.Id), model]);
        }
    }

    /// <summary>No new request gets it; those that run keep it. Null if there is none of this id.</summary>
    public TServer? Remove(string id)
    {
        lock (_gate)
        {
            var entry = _state.Entries.FirstOrDefault(entry => entry.Description.Model.Id == id);
            Change([.. _state.Entries.Where(other => other != entry)], Served.Unserved);
            return entry.Server;
        }
    }

    /// <exception cref="Errors.SensoriumException">FAILED_PRECONDITION: the model is not served.</exception>
    public TServer Select(ModelSelector? selector)
    {
        var state = _state;
        var description = state.Served.Select(selector);
        return state.Entries.First(entry => ReferenceEquals(entry.Description, description)).Server;
    }

    private void Change(ImmutableArray<(TDescription Description, TServer Server)> entries, IReadOnlyList<UnservedModel> unserved) =>
        _state = new State(entries, new ServedModels<TDescription>(service, [.. entries.Select(entry => entry.Description)], unserved));

    private sealed record State(
        ImmutableArray<(TDescription Description, TServer Server)> Entries, ServedModels<TDescription> Served);
}
