using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Result of one segment.</summary>
internal readonly record struct SegmentResult(PreparedSegment Segment, BatchResult<ModelOutput> Batched);

/// <summary>The segments of one medium on their way through the batcher; a bounded number at a time.</summary>
internal sealed class SegmentRun : IDisposable
{
    private readonly DynamicBatcher<EncoderInput, ModelOutput> _batcher;
    private readonly EncoderSetup _setup;
    private readonly EncodeBatch _batch;
    private readonly BacklogItem _pending;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _cancellation;
    private readonly List<Task<SegmentResult>> _segments = [];
    private volatile bool _failed;

    public SegmentRun(
        DynamicBatcher<EncoderInput, ModelOutput> batcher,
        EncoderSetup setup,
        EncodeBatch batch,
        BacklogItem pending,
        CancellationToken cancellationToken)
    {
        (_batcher, _setup, _batch, _pending) = (batcher, setup, batch, pending);
        _places = new SemaphoreSlim(setup.Options.SegmentsInFlight);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Cancelled with the request; the preprocessor stops with it.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>Waits until the segment has its place in the queue. False if an earlier one failed, so that more are in vain.</summary>
    public async ValueTask<bool> AddAsync(PreparedSegment segment)
    {
        Task<BatchResult<ModelOutput>> result;
        _pending.Prepared(segment.WorkUnits);
        try
        {
            await _places.WaitAsync(Cancelled);
            result = await _batcher.EnqueueAsync(ItemOf(segment), Cancelled);
        }
        catch
        {
            OwnerOf(segment)?.Dispose();
            throw;
        }

        _segments.Add(FinishAsync(segment, result));
        return !_failed;
    }

    /// <summary>All results in order. Throws what the first segment failed with.</summary>
    public async Task<IReadOnlyList<SegmentResult>> ResultsAsync() => await Task.WhenAll(_segments);

    public void Dispose()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
    }

    private static IDisposable? OwnerOf(PreparedSegment segment) => (segment.Input as FloatInput)?.Owner;

    private BatchItem<EncoderInput> ItemOf(PreparedSegment segment) => new(
        new EncoderInput(segment.Input, _batch.WithFeatures), segment.WorkUnits, _setup.Model.ShapeKeyOf(segment.Input), _batch.Priority)
    {
        Tenant = _batch.Tenant ?? Tenant.Default,
        Owner = OwnerOf(segment),
    };

    private async Task<SegmentResult> FinishAsync(PreparedSegment segment, Task<BatchResult<ModelOutput>> result)
    {
        try
        {
            var batched = await result.ConfigureAwait(false);
            _pending.Done(segment.WorkUnits);
            return new SegmentResult(segment, batched);
        }
        catch
        {
            _failed = true;
            throw;
        }
        finally
        {
            _places.Release();
        }
    }
}
