using System.Collections.Concurrent;
using Grpc.Core;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>
/// One bidirectional encode stream: a bounded number of items is under way at a time, and each is answered when it is done.
/// </summary>
internal sealed class EncodeStreamSession(
    IEncoder encoder,
    HostingOptions options,
    CallBytes? bytes,
    IServerStreamWriter<V1.EncodeStreamResponse> responses,
    Func<V1.Media, string, V1.EncodeOptions?, CancellationToken, Task<EncodeOutcome>> encode) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxStreamItems);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private bool _modelSent;

    public async Task RunAsync(IAsyncStreamReader<V1.EncodeStreamRequest> requests, CancellationToken cancellationToken)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        V1.EncodeOptions? encodeOptions = null;
        try
        {
            for (var index = 0; await requests.MoveNext(failure.Token); index++)
            {
                encodeOptions = index == 0 ? requests.Current.Options : encodeOptions;
                await _slots.WaitAsync(failure.Token);
                Start(requests.Current.Item, index, encodeOptions, failure);
            }
        }
        finally
        {
            await Task.WhenAll(_underWay.Values);
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _writing.Dispose();
    }

    private void Start(V1.Media? item, int index, V1.EncodeOptions? encodeOptions, CancellationTokenSource failure)
    {
        var field = $"item (message {index})";
        if (item is null)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, $"{field} is not set.", "item");
        }

        var id = ItemIds.Of(item.ItemId, index);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_underWay.TryAdd(id, answered.Task))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.DuplicateItemId, $"{field}: an item with the id \"{id}\" is still under way.", "item.item_id");
        }

        _ = AnswerAsync(item, id, encodeOptions, failure, answered);
    }

    private async Task AnswerAsync(
        V1.Media item,
        string id,
        V1.EncodeOptions? encodeOptions,
        CancellationTokenSource failure,
        TaskCompletionSource answered)
    {
        try
        {
            // The message that brought it counts no longer than until the next one is read.
            using var held = bytes?.Hold(item.CalculateSize());
            var outcome = await encode(item, id, encodeOptions, failure.Token);
            await WriteAsync(outcome, encodeOptions, failure.Token);
            _underWay.TryRemove(id, out _);
            answered.SetResult();
        }
        catch (Exception exception)
        {
            // The stream as a whole has failed; the items beside this one need not go on.
            answered.SetException(exception);
            await failure.CancelAsync();
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task WriteAsync(EncodeOutcome outcome, V1.EncodeOptions? encodeOptions, CancellationToken cancellationToken)
    {
        var response = new V1.EncodeStreamResponse { Result = outcome.ToProto() };
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_modelSent)
            {
                var served = await encoder.DescribeAsync(cancellationToken);
                response.Model = served.Find(encodeOptions?.Model.ToDomain())?.Model.ToProto();
                _modelSent = true;
            }

            await responses.WriteAsync(response, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
