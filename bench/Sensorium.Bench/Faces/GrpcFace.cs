using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Sensorium.Bench.Load;
using Sensorium.V1;

namespace Sensorium.Bench.Faces;

/// <summary>Calls over one connection, as a client of gRPC has it.</summary>
internal sealed class GrpcFace(string address) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    private SensoriumService.SensoriumServiceClient Calls => field ??= new SensoriumService.SensoriumServiceClient(_channel);

    public static EmbedRequest EmbedRequestOf(string model, string text) => new()
    {
        Items = { new V1.Media { ItemId = "0", Text = text } },
        Options = new EncodeOptions { Model = new ModelSelector { Id = model } },
    };

    public async Task<bool> IsReadyAsync() =>
        (await Calls.StatusAsync(new StatusRequest(), deadline: DateTime.UtcNow.AddSeconds(5))).Services.All(service => service.Ready || service.Name == "cache");

    public async Task<CallOutcome> EmbedAsync(string model, string text)
    {
        try
        {
            var response = await Calls.EmbedAsync(EmbedRequestOf(model, text));
            return response.Results[0].Error is { } error ? new CallOutcome(0, Error: error.Reason) : new CallOutcome(1);
        }
        catch (RpcException error)
        {
            return new CallOutcome(0, Error: error.StatusCode.ToString());
        }
    }

    public async Task<CallOutcome> CaptionAsync(string model, byte[] picture)
    {
        var request = new CaptionRequest
        {
            Model = new ModelSelector { Id = model },
            Media = { new V1.Media { ItemId = "0", Data = UnsafeByteOperations.UnsafeWrap(picture) } },
            Parameters = new GenerationParameters { Temperature = 0 },
        };
        var clock = Stopwatch.StartNew();
        double? first = null;
        try
        {
            using var call = Calls.Caption(request);
            await foreach (var response in call.ResponseStream.ReadAllAsync())
            {
                first ??= response.Event.Delta is null ? null : clock.Elapsed.TotalMilliseconds;
            }

            return new CallOutcome(1, FirstTokenMs: first);
        }
        catch (RpcException error)
        {
            return new CallOutcome(0, Error: error.StatusCode.ToString());
        }
    }

    public void Dispose() => _channel.Dispose();
}
