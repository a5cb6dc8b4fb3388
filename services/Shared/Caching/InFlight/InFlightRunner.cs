using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sensorium.Caching.Entries;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Caching.InFlight;

/// <summary>Brings the items that one request started to an end: from Redis, or by one call of the encoder for the rest.</summary>
internal sealed class InFlightRunner(IEncoder inner, CacheLevels levels, InFlightTable table)
{
    /// <summary>
    /// Starts the work and returns. The work belongs to everyone who waits for it: it carries the trace of the request
    /// that began it, but nothing else that is ambient there, and the latest deadline of all who wait.
    /// </summary>
    public void Start(CachedRequest request, InFlightCall call)
    {
        var activity = Activity.Current;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() =>
            {
                Activity.Current = activity;
                return RunAsync(request, call);
            });
        }
    }

    private async Task RunAsync(CachedRequest request, InFlightCall call)
    {
        ItemResult fault;
        try
        {
            var open = call.Items;
            if (request.Batch.Cache != CacheMode.Refresh)
            {
                open = await FindInSharedAsync(request, FindInMemory(request, open));
            }

            if (open.Count > 0)
            {
                await EncodeAsync(request, open, call);
            }

            return;
        }
        catch (OperationCanceledException e) when (!call.Abandoned.IsCancellationRequested)
        {
            fault = Fault(SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "The encoder gave up before it answered.", e));
        }
        catch (Exception e)
        {
            fault = Fault(e);
        }

        foreach (var item in call.Items)
        {
            table.Complete(item, fault);
        }
    }

    // Between the look-up and the start of the call, another may have ended.
    private List<InFlightItem> FindInMemory(CachedRequest request, List<InFlightItem> items)
    {
        var open = new List<InFlightItem>(items.Count);
        foreach (var item in items)
        {
            if (request.KeysAt(item.ItemIndex) is { } keys && levels.FindInMemory(keys, request.Batch.WithFeatures) is { } entry)
            {
                table.Complete(item, new ItemResult(entry, Status: CacheStatus.HitMemory));
            }
            else
            {
                open.Add(item);
            }
        }

        return open;
    }

    private async Task<List<InFlightItem>> FindInSharedAsync(CachedRequest request, List<InFlightItem> items)
    {
        if (levels.Shared is not { } shared)
        {
            return items;
        }

        var withFeatures = request.Batch.WithFeatures;
        var keyed = items.FindAll(item => item.Key is not null);
        var entries = await shared.FindAsync(keyed.ConvertAll(item => item.Key!.Value), request.Scope.Description.Model);
        for (var i = 0; i < keyed.Count; i++)
        {
            if (entries[i] is not { } entry)
            {
                continue;
            }

            if (keyed[i].IsToBeStored)
            {
                levels.KeepInMemory(request.KeysAt(keyed[i].ItemIndex)!.Value, withFeatures, entry);
            }

            table.Complete(keyed[i], new ItemResult(entry, Status: CacheStatus.HitShared));
        }

        return items.FindAll(item => !item.IsCompleted);
    }

    private async Task EncodeAsync(CachedRequest request, List<InFlightItem> items, InFlightCall call)
    {
        var media = items.ConvertAll(item => request.Batch.Items[item.ItemIndex]);
        var outcomes = await EncodeInTimeAsync(request.Batch with { Items = media }, call);
        if (outcomes.Count != items.Count)
        {
            throw SensoriumException.ModelFault($"The encoder answered {outcomes.Count} of {items.Count} items.");
        }

        for (var i = 0; i < items.Count; i++)
        {
            table.Complete(items[i], Conclude(request, items[i], outcomes[i]));
        }
    }

    // Who joins a call may have more time than it was given. What then fails for want of time is asked once more, with theirs.
    private async Task<IReadOnlyList<EncodeOutcome>> EncodeInTimeAsync(EncodeBatch batch, InFlightCall call)
    {
        while (true)
        {
            var deadline = call.Deadline;
            try
            {
                return await inner.EncodeAsync(batch with { Deadline = deadline }, call.Abandoned);
            }
            catch (SensoriumException error)
                when ((error.IsPassingOverload || error.Code == ErrorCode.DeadlineExceeded) && call.Deadline != deadline)
            {
            }
        }
    }

    private ItemResult Conclude(CachedRequest request, InFlightItem item, EncodeOutcome outcome)
    {
        if (outcome.Encoded is not { } encoded)
        {
            return new ItemResult(Error: outcome.Error ?? SensoriumException.ModelFault("The encoder answered nothing."), Timing: outcome.Timing);
        }

        var keys = request.KeysAt(item.ItemIndex);
        var entry = CacheEntry.Create(outcome, request.Batch.WithFeatures);
        var isOutdated = !request.Scope.Covers(encoded.Model);
        if (keys is not null && item.IsToBeStored && !isOutdated && entry.IsSound)
        {
            levels.Store(keys.Value, request.Batch.WithFeatures, entry, request.Batch.Cache == CacheMode.Refresh);
        }

        return new ItemResult(entry, Status: keys is null ? CacheStatus.Bypassed : CacheStatus.Miss, Timing: outcome.Timing, IsOutdated: isOutdated);
    }

    private static ItemResult Fault(Exception exception) => new(Fault: ExceptionDispatchInfo.Capture(exception));
}
