using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sensorium.Caching.Entries;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Caching.Flights;

/// <summary>Brings the flights that one request started to an end: from Redis, or by one call of the encoder for the rest.</summary>
internal sealed class FlightRunner(IEncoder inner, CacheLevels levels, FlightTable table)
{
    /// <summary>
    /// Starts the work and returns. The work belongs to everyone who waits for it: it carries the trace of the request
    /// that began it, but neither its deadline nor anything else that is ambient there.
    /// </summary>
    public void Start(CachedRequest request, FlightGroup group)
    {
        var activity = Activity.Current;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() =>
            {
                Activity.Current = activity;
                return RunAsync(request, group);
            });
        }
    }

    private async Task RunAsync(CachedRequest request, FlightGroup group)
    {
        FlightResult fault;
        try
        {
            var open = group.Flights;
            if (request.Batch.Cache != CacheMode.Refresh)
                open = await FindInSharedAsync(request, FindInMemory(request, open));
            if (open.Count > 0)
                await EncodeAsync(request, open, group.Abandoned);
            return;
        }
        catch (OperationCanceledException e) when (!group.Abandoned.IsCancellationRequested)
        {
            fault = Fault(SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "The encoder gave up before it answered.", e));
        }
        catch (Exception e)
        {
            fault = Fault(e);
        }

        foreach (var flight in group.Flights)
            table.Land(flight, fault);
    }

    // Between the look-up and the start of the flight, another may have landed.
    private List<Flight> FindInMemory(CachedRequest request, List<Flight> flights)
    {
        var open = new List<Flight>(flights.Count);
        foreach (var flight in flights)
        {
            if (request.KeysAt(flight.ItemIndex) is { } keys && levels.FindInMemory(keys, request.Batch.WithFeatures) is { } entry)
                table.Land(flight, new FlightResult(entry, Status: CacheStatus.HitMemory));
            else
                open.Add(flight);
        }

        return open;
    }

    private async Task<List<Flight>> FindInSharedAsync(CachedRequest request, List<Flight> flights)
    {
        if (levels.Shared is not { } shared)
            return flights;
        var withFeatures = request.Batch.WithFeatures;
        var keyed = flights.FindAll(flight => flight.Key is not null);
        var entries = await shared.FindAsync(keyed.ConvertAll(flight => flight.Key!.Value), request.Scope.Description.Model);
        for (var i = 0; i < keyed.Count; i++)
        {
            if (entries[i] is not { } entry)
                continue;
            if (keyed[i].IsToBeStored)
                levels.KeepInMemory(request.KeysAt(keyed[i].ItemIndex)!.Value, withFeatures, entry);
            table.Land(keyed[i], new FlightResult(entry, Status: CacheStatus.HitShared));
        }

        return flights.FindAll(flight => !flight.HasLanded);
    }

    private async Task EncodeAsync(CachedRequest request, List<Flight> flights, CancellationToken cancellationToken)
    {
        var items = flights.ConvertAll(flight => request.Batch.Items[flight.ItemIndex]);
        var outcomes = await inner.EncodeAsync(request.Batch with { Items = items }, cancellationToken);
        if (outcomes.Count != flights.Count)
            throw SensoriumException.ModelFault($"The encoder answered {outcomes.Count} of {flights.Count} items.");
        for (var i = 0; i < flights.Count; i++)
            table.Land(flights[i], Conclude(request, flights[i], outcomes[i]));
    }

    private FlightResult Conclude(CachedRequest request, Flight flight, EncodeOutcome outcome)
    {
        if (outcome.Encoded is not { } encoded)
            return new FlightResult(Error: outcome.Error ?? SensoriumException.ModelFault("The encoder answered nothing."), Timing: outcome.Timing);
        var keys = request.KeysAt(flight.ItemIndex);
        var entry = CacheEntry.Create(outcome, request.Batch.WithFeatures);
        var isOutdated = !request.Scope.Covers(encoded.Model);
        if (keys is not null && flight.IsToBeStored && !isOutdated && entry.IsSound)
            levels.Store(keys.Value, request.Batch.WithFeatures, entry, request.Batch.Cache == CacheMode.Refresh);
        return new FlightResult(entry, Status: keys is null ? CacheStatus.Bypassed : CacheStatus.Miss, Timing: outcome.Timing, IsOutdated: isOutdated);
    }

    private static FlightResult Fault(Exception exception) => new(Fault: ExceptionDispatchInfo.Capture(exception));
}
