using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>Serves one encoder over sensorium.v1.EncoderService.</summary>
public sealed class EncoderGrpcService(IEncoder encoder, IOptions<HostingOptions> options, TimeProvider time)
    : V1.EncoderService.EncoderServiceBase
{
    private readonly HostingOptions _options = options.Value;

    public override async Task<V1.EncodeResponse> Encode(V1.EncodeRequest request, ServerCallContext context)
    {
        var ids = ItemIds.Assign([.. request.Items.Select(item => item.ItemId)], "items", _options.MaxItems);
        var requestId = RequestIds.OrNew(request.RequestId);
        var outcomes = await EncodeAsync(request.Items, ids, request.Options, requestId, context.DeadlineIfAny(), context.CancellationToken);
        var served = await encoder.DescribeAsync(context.CancellationToken);
        return new V1.EncodeResponse
        {
            RequestId = requestId,
            Results = { outcomes.Select(EncodeMapping.ToProto) },
            Model = served.Find(request.Options?.Model.ToDomain())?.Model.ToProto(),
        };
    }

    public override async Task EncodeStream(
        IAsyncStreamReader<V1.EncodeStreamRequest> requestStream,
        IServerStreamWriter<V1.EncodeStreamResponse> responseStream,
        ServerCallContext context)
    {
        using var stream = new EncodeStreamSession(
            encoder, _options, context.GetHttpContext().Features.Get<CallBytes>(), responseStream, EncodeOneAsync);
        await stream.RunAsync(requestStream, context.CancellationToken);
    }

    public override async Task<V1.DescribeResponse> Describe(V1.DescribeRequest request, ServerCallContext context) =>
        (await encoder.DescribeAsync(context.CancellationToken)).ToProto(encoder.Modality);

    private async Task<EncodeOutcome> EncodeOneAsync(
        V1.Media media,
        string itemId,
        V1.EncodeOptions? encodeOptions,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await EncodeAsync(new RepeatedField<V1.Media> { media }, [itemId], encodeOptions, RequestIds.OrNew(""), deadline: null, cancellationToken))[0];
            }
            catch (SensoriumException error) when (error.IsPassingOverload)
            {
                // A stream is held back by its own flow control: its item keeps its place until there is room for it.
                await Task.Delay(error.RetryAfter!.Value, time, cancellationToken);
            }
            catch (SensoriumException error)
            {
                return EncodeOutcome.Failed(itemId, error);
            }
        }
    }

    /// <summary>Encodes the items that are well formed; the others' outcomes say what is wrong with them.</summary>
    private async Task<EncodeOutcome[]> EncodeAsync(
        RepeatedField<V1.Media> items,
        string[] ids,
        V1.EncodeOptions? encodeOptions,
        string requestId,
        DateTimeOffset? deadline,
        CancellationToken cancellationToken)
    {
        var batch = encodeOptions.ToBatch(requestId) with { Deadline = deadline };
        var outcomes = new EncodeOutcome?[items.Count];
        var good = new List<(int Index, MediaItem Item)>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            try
            {
                MediaValidator.Validate(items[i], $"items[{i}]", _options.MaxInlineBytes);
                good.Add((i, items[i].ToDomain(ids[i])));
            }
            catch (SensoriumException error)
            {
                outcomes[i] = EncodeOutcome.Failed(ids[i], error);
            }
        }

        if (good.Count > 0)
        {
            var encoded = await encoder.EncodeAsync(batch with { Items = [.. good.Select(entry => entry.Item)] }, cancellationToken);
            for (var i = 0; i < good.Count; i++)
            {
                outcomes[good[i].Index] = encoded[i];
            }
        }

        return outcomes!;
    }
}
