using Sensorium.Caching.Descriptions;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.InFlight;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

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
    private readonly InFlightTable _inFlight = new();
    private readonly InFlightRunner _runner;

    public CachingEncoder(IEncoder inner, DescriptionMemory descriptions, CacheLevels levels, CacheMetrics metrics, TimeProvider time)
    {
        (_inner, _descriptions, _levels, _metrics, _time) = (inner, descriptions, levels, metrics, time);
        _runner = new InFlightRunner(inner, levels, _inFlight);
    }

    public Modality Modality => _inner.Modality;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => _descriptions.DescribeAsync(cancellationToken);

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Cache == CacheMode.Bypass || batch.Items.Count == 0)
        {
            return await _inner.EncodeAsync(batch, cancellationToken);
        }

        var scopes = await _descriptions.GetAsync(cancellationToken);
        // Without a description there are no keys, and a model that is not served is for the encoder to refuse.
        if (scopes?.Find(batch.Model) is not { } scope)
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
        if (request.IsComplete || await EncodeOpenAsync(request, cancellationToken) is not { } model)
        {
            return Count(request.Outcomes);
        }

        // The encoder has other weights than those that the hits came from: one answer must not mix them.
        var scopes = await _descriptions.RenewAsync(cancellationToken);
        if (scopes?.Find(batch.Model) is not { } renewed || !renewed.Covers(model))
        {
            return await _inner.EncodeAsync(batch, cancellationToken);
        }

        request = new CachedRequest(batch, renewed, _time, request.Started);
        request.LookUp(_levels);
        if (!request.IsComplete)
        {
            await EncodeOpenAsync(request, cancellationToken);
        }

        return Count(request.Outcomes);
    }

    /// <returns>The model of those answers that are of other weights than the others; null if all are of the same.</returns>
    private async Task<ModelIdentity?> EncodeOpenAsync(CachedRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Wanted();
        var joined = _inFlight.Join(wanted, request.IsToBeStored, request.Batch.Deadline);
        try
        {
            if (joined.Started.Items.Count > 0)
            {
                _runner.Start(request, joined.Started);
            }

            var results = await Task.WhenAll(joined.Items.Select(item => item.Completion)).WaitAsync(cancellationToken);
            return Collect(request, wanted, joined, results);
        }
        finally
        {
            _inFlight.Leave(joined);
        }
    }

    private ModelIdentity? Collect(CachedRequest request, IReadOnlyList<WantedItem> wanted, JoinedItems joined, ItemResult[] results)
    {
        // What could be answered is; only where nothing could does the failure become that of the request.
        if (!request.HasAnswers && Array.TrueForAll(results, result => result.Fault is not null))
        {
            results[0].Fault!.Throw();
        }

        var elapsed = request.Elapsed;
        for (var i = 0; i < results.Length; i++)
        {
            var (index, item) = (wanted[i].ItemIndex, joined.Items[i]);
            var isOwn = item.Call == joined.Started && item.ItemIndex == index;
            request.Answer(index, ToOutcome(request.Batch, index, results[i], isOwn, elapsed));
        }

        if (Array.Find(results, result => result.IsOutdated) is not { } outdated)
        {
            return null;
        }

        _descriptions.Expire();
        var isMixed = results.Length < request.Batch.Items.Count || Array.Exists(results, result => result is { Entry: not null, IsOutdated: false });
        return isMixed ? outdated.Entry!.Media.Model : null;
    }

    private static EncodeOutcome ToOutcome(EncodeBatch batch, int index, ItemResult result, bool isOwn, EncodeTiming elapsed)
    {
        var itemId = batch.Items[index].ItemId;
        var status = result.Status == CacheStatus.Miss && !isOwn ? CacheStatus.Coalesced : result.Status;
        var timing = isOwn ? result.Timing ?? elapsed : elapsed;
        if (result.Entry is { } entry)
        {
            return (batch.WithFeatures ? entry : entry.WithoutFeatures()).ToOutcome(itemId, status, timing);
        }

        var error = result.Error ?? AsItemError(result.Fault!.SourceException);
        return EncodeOutcome.Failed(itemId, error) with { CacheStatus = status, Timing = timing };
    }

    private static SensoriumException AsItemError(Exception exception) => exception as SensoriumException
        ?? new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, "The encoder failed.", exception);

    private IReadOnlyList<EncodeOutcome> Count(IReadOnlyList<EncodeOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _metrics.CountItem(Modality, outcome.CacheStatus);
        }

        return outcomes;
    }
}
