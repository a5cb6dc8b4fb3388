using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Models.Running;

/// <summary>The models of several hosts as if they were one.</summary>
/// <param name="hosts">Those who have models.</param>
/// <param name="changes">Hears of each step of what comes and goes.</param>
public sealed class JoinedModels(IEnumerable<IModelHost> hosts, ModelChanges changes) : IModelHost
{
    private readonly IModelHost[] _hosts = [.. hosts];

    /// <summary>A host that does not answer is left out, unless none does.</summary>
    public async Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(_hosts.Select(host => TryListAsync(host, cancellationToken)));
        if (answers.Length > 0 && answers.All(answer => answer.Error is not null))
        {
            throw answers[0].Error!;
        }

        return [.. answers.SelectMany(answer => answer.Models).GroupBy(model => model.Id, StringComparer.Ordinal).Select(Join).OrderBy(model => model.IsDefault ? 0 : 1)];
    }

    public IAsyncEnumerable<ModelPartState> LoadAsync(string name, CancellationToken cancellationToken) =>
        EachAsync(host => host.LoadAsync(name, cancellationToken), cancellationToken);

    public async Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken)
    {
        var (checks, refusals) = (new List<ModelCheck>(), new List<SensoriumException>());
        foreach (var host in _hosts)
        {
            try
            {
                checks.Add(await host.CheckAsync(name, cancellationToken));
            }
            catch (SensoriumException error)
            {
                refusals.Add(error);
            }
        }

        return checks.Count > 0
            ? new ModelCheck(Join(checks.Select(check => check.Model)), [.. checks.SelectMany(check => check.Parts)])
            : throw refusals.FirstOrDefault() ?? new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, "No models are served here.");
    }

    public IAsyncEnumerable<ModelPartState> UnloadAsync(string name, CancellationToken cancellationToken) =>
        EachAsync(host => host.UnloadAsync(name, cancellationToken), cancellationToken);

    // Where the folders are copies, a host may lack the model or not be able to read it: the others do their part.
    private async IAsyncEnumerable<ModelPartState> EachAsync(
        Func<IModelHost, IAsyncEnumerable<ModelPartState>> change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (refusals, parts) = (new List<SensoriumException>(), 0);
        foreach (var host in _hosts)
        {
            await using var states = change(host).GetAsyncEnumerator(cancellationToken);
            while (await TryMoveAsync(states, refusals))
            {
                parts++;
                changes.Report();
                yield return states.Current;
            }
        }

        changes.Report();

        if (parts == 0 && refusals.Count > 0)
        {
            throw refusals[0];
        }
    }

    private static async Task<bool> TryMoveAsync(IAsyncEnumerator<ModelPartState> states, List<SensoriumException> refusals)
    {
        try
        {
            return await states.MoveNextAsync();
        }
        catch (SensoriumException error)
        {
            refusals.Add(error);
            return false;
        }
    }

    private static async Task<(IReadOnlyList<ModelOverview> Models, SensoriumException? Error)> TryListAsync(IModelHost host, CancellationToken cancellationToken)
    {
        try
        {
            return (await host.ListAsync(cancellationToken), null);
        }
        catch (SensoriumException error)
        {
            return ([], error);
        }
    }

    private static ModelOverview Join(IEnumerable<ModelOverview> same)
    {
        ModelOverview[] all = [.. same];
        var known = Array.Find(all, model => model.Reason.Length == 0) ?? all[0];
        return known with { Parts = [.. all.SelectMany(model => model.Parts)], IsDefault = all.Any(model => model.IsDefault) };
    }
}
