using Sensorium.Core.Errors;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>All models as a repository: what is there, and what is loaded of it.</summary>
internal sealed class ModelRepository(JoinedModels models, TensorModels tensors, IGraphInference graphs, InferStatistics statistics)
{
    private const string OnlyVersion = "1";

    /// <param name="onlyReady">Those that would answer.</param>
    public async Task<IReadOnlyList<RepositoryEntry>> IndexAsync(bool onlyReady, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(cancellationToken);
        var entries = (await models.ListAsync(cancellationToken)).Select(model => EntryOf(model, versions));
        return [.. entries.Where(entry => !onlyReady || entry.IsReady)];
    }

    /// <summary>Whether a model would answer; one that is not there would not.</summary>
    public async Task<bool> IsReadyAsync(string name, string version, CancellationToken cancellationToken)
    {
        try
        {
            await tensors.FindAsync(name, version, cancellationToken);
            return true;
        }
        catch (SensoriumException error) when (error.Reason is ErrorReasons.ModelMismatch or ErrorReasons.ModelNotServed)
        {
            return false;
        }
    }

    /// <param name="name">Of the model.</param>
    /// <param name="parameters">Names of what else was said, none of which can be honoured.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">NOT_FOUND: there is no such model. FAILED_PRECONDITION: no part of it can be loaded.</exception>
    public async Task LoadAsync(string name, IEnumerable<string> parameters, CancellationToken cancellationToken)
    {
        if (parameters.FirstOrDefault() is { } parameter)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"parameters.{parameter} cannot be honoured: how a model is served is configured.", $"parameters.{parameter}");
        }

        var last = new Dictionary<string, ModelPartState>(StringComparer.Ordinal);
        try
        {
            await foreach (var part in models.LoadAsync(RequireName(name), cancellationToken))
            {
                last[$"{part.Service} {part.Address} {part.Task}"] = part;
            }
        }
        catch (SensoriumException error) when (error.Reason == ErrorReasons.ModelMismatch)
        {
            throw new SensoriumException(ErrorCode.NotFound, error.Reason, $"failed to load '{name}': {error.Message}", error) { Field = "model_name" };
        }

        if (last.Count > 0 && last.Values.All(part => part.State == ModelState.Failed))
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, $"failed to load '{name}': {string.Join("; ", last.Values.Select(part => part.Reason))}");
        }
    }

    /// <exception cref="SensoriumException">FAILED_PRECONDITION: there is no such model.</exception>
    public async Task UnloadAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var part in models.UnloadAsync(RequireName(name), cancellationToken))
        {
            // Each step is waited for.
        }
    }

    /// <param name="name">Of one model; empty for all that answer.</param>
    public async Task<IReadOnlyList<(string Model, string Version, ModelCounts Counts)>> CountAsync(string name, string version, CancellationToken cancellationToken)
    {
        if (name.Length > 0)
        {
            var model = await tensors.FindAsync(name, version, cancellationToken);
            return [(model.Id, model.Version, statistics.Of(model.Id))];
        }

        var ready = await IndexAsync(onlyReady: true, cancellationToken);
        return [.. ready.Select(entry => (entry.Model, entry.Version, statistics.Of(entry.Model)))];
    }

    private async Task<Dictionary<string, string>> VersionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await graphs.DescribeAsync(cancellationToken)).Models.ToDictionary(graph => graph.Model.Id, graph => graph.Version);
        }
        catch (SensoriumException)
        {
            return [];
        }
    }

    private static RepositoryEntry EntryOf(ModelOverview model, Dictionary<string, string> versions)
    {
        var state = ServedModel.Of(model)?.State ?? (model.Parts.Any(part => part.State == ModelState.Unloading) ? ModelState.Unloading : ModelState.Unloaded);
        var reasons = model.Parts.Select(part => part.Reason).Append(model.Reason).Where(reason => reason.Length > 0).Distinct();
        return new RepositoryEntry(model.Id, versions.GetValueOrDefault(model.Id, OnlyVersion), state, string.Join("; ", reasons));
    }

    private static string RequireName(string name) => name.Length > 0
        ? name
        : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "model_name is empty.", "model_name");
}

/// <param name="Reason">Why a part of it is not loaded; empty if all is.</param>
internal sealed record RepositoryEntry(string Model, string Version, ModelState State, string Reason)
{
    public bool IsReady => State is ModelState.Loaded or ModelState.Idle;

    /// <summary>As the protocol names it.</summary>
    public string StateName => State switch
    {
        ModelState.Loaded or ModelState.Idle => "READY",
        ModelState.Loading => "LOADING",
        ModelState.Unloading => "UNLOADING",
        _ => "UNAVAILABLE",
    };
}
