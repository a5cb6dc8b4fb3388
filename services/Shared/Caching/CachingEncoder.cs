using Sensorium.Caching.Descriptions;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.Flights;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Caching;

/// <summary>
/// Answers what was encoded before, and asks the encoder, once and in one call, for the rest. See
/// <see cref="IEncoderCache.Decorate"/> for what it promises.
/// </summary>
internal sealed class CachingEncoder : IEncoder
{
    private readonly IEncoder _inner;
    private readonly DescriptionMemory _descriptions;
    private readonly CacheLevels _levels;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly FlightTable _flights = new();
    private readonly FlightRunner _runner;

    public CachingEncoder(IEncoder inner, DescriptionMemory descriptions, CacheLevels levels, CacheMetrics metrics, TimeProvider time)
    {
        (_inner, _descriptions, _levels, _metrics, _time) = (inner, descriptions, levels, metrics, time);
        _runner = new FlightRunner(inner, levels, _flights);
    }

    public Modality Modality => _inner.Modality;

    public ValueTask<EncoderDescription> DescribeAsync(CancellationToken cancellationToken) => _descriptions.DescribeAsync(cancellationToken);

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Cache == CacheMode.Bypass || batch.Items.Count == 0)
            return await _inner.EncodeAsync(batch, cancellationToken);
        var scope = await _descriptions.GetAsync(cancellationToken);
        // Without a description there are no keys, and a pin that does not match is for the encoder to judge.
        if (scope is null || !scope.Satisfies(batch.Model))
        {
            _descriptions.Expire();
            return await _inner.EncodeAsync(batch, cancellationToken);
        }

        return await EncodeAsync(batch, scope, cancellationToken);
    }

    private async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, KeyScope scope, CancellationToken cancellationToken)
    {
        var request = new CachedRequest(batch, scope, _time, _time.GetTimestamp());
        request.LookUp(_levels);
        if (request.IsComplete || await FlyAsync(request, cancellationToken) is not { } model)
            return Count(request.Outcomes);

        // The encoder has other weights than those that the hits came from: one answer must not mix them.
        var renewed = await _descriptions.RenewAsync(cancellationToken);
        if (renewed is null || !renewed.Covers(model) || !renewed.Satisfies(batch.Model))
            return await _inner.EncodeAsync(batch, cancellationToken);
        request = new CachedRequest(batch, renewed, _time, request.Started);
        request.LookUp(_levels);
        if (!request.IsComplete)
            await FlyAsync(request, cancellationToken);
        return Count(request.Outcomes);
    }

    /// <returns>The model of those answers that are of other weights than the others; null if all are of the same.</returns>
    private async Task<ModelIdentity?> FlyAsync(CachedRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Wanted();
        var boarding = _flights.Board(wanted, request.IsToBeStored);
        try
        {
            if (boarding.Started.Flights.Count > 0)
                _runner.Start(request, boarding.Started);
            var landings = await Task.WhenAll(boarding.Flights.Select(flight => flight.Landing)).WaitAsync(cancellationToken);
            return Collect(request, wanted, boarding, landings);
        }
        finally
        {
            _flights.Leave(boarding);
        }
    }

    private ModelIdentity? Collect(CachedRequest request, IReadOnlyList<WantedItem> wanted, Boarding boarding, FlightResult[] landings)
    {
        // What could be answered is; only where nothing could does the failure become that of the request.
        if (!request.HasAnswers && Array.TrueForAll(landings, landing => landing.Fault is not null))
            landings[0].Fault!.Throw();
        var elapsed = request.Elapsed;
        for (var i = 0; i < landings.Length; i++)
        {
            var (index, flight) = (wanted[i].ItemIndex, boarding.Flights[i]);
            var isOwn = flight.Group == boarding.Started && flight.ItemIndex == index;
            request.Answer(index, ToOutcome(request.Batch, index, landings[i], isOwn, elapsed));
        }

        if (Array.Find(landings, landing => landing.IsOutdated) is not { } outdated)
            return null;
        _descriptions.Expire();
        var isMixed = landings.Length < request.Batch.Items.Count || Array.Exists(landings, landing => landing is { Entry: not null, IsOutdated: false });
        return isMixed ? outdated.Entry!.Media.Model : null;
    }

    private static EncodeOutcome ToOutcome(EncodeBatch batch, int index, FlightResult landing, bool isOwn, EncodeTiming elapsed)
    {
        var itemId = batch.Items[index].ItemId;
        var status = landing.Status == CacheStatus.Miss && !isOwn ? CacheStatus.Coalesced : landing.Status;
        var timing = isOwn ? landing.Timing ?? elapsed : elapsed;
        if (landing.Entry is { } entry)
            return (batch.WithFeatures ? entry : entry.WithoutFeatures()).ToOutcome(itemId, status, timing);
        var error = landing.Error ?? AsItemError(landing.Fault!.SourceException);
        return EncodeOutcome.Failed(itemId, error) with { CacheStatus = status, Timing = timing };
    }

    private static SensoriumException AsItemError(Exception exception) => exception as SensoriumException
        ?? new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, "The encoder failed.", exception);

    private IReadOnlyList<EncodeOutcome> Count(IReadOnlyList<EncodeOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
            _metrics.CountItem(Modality, outcome.CacheStatus);
        return outcomes;
    }
}
