using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Sensorium.Bench.Soak.Load;
using Sensorium.Testing.Shared.Media;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>A caller whose calls have no one answer: new texts, damaged media, uploads, captions that are given up, wrong requests.</summary>
internal sealed class MixedOthers(SensoriumService.SensoriumServiceClient client, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<FormatSample> _formats = FormatSample.Make();
    private readonly MediaMutator _mutator = new(seed);

    public int Sent { get; private set; }

    public ConcurrentQueue<string> Faults { get; } = new();

    public async Task RunAsync(CancellationToken end)
    {
        for (; !end.IsCancellationRequested; Sent++)
        {
            try
            {
                await SendAsync(Sent);
            }
            catch (RpcException error)
            {
                if (error.StatusCode is StatusCode.Internal or StatusCode.Unknown)
                {
                    Faults.Enqueue($"{Sent}: {error.StatusCode} {error.Status.Detail}");
                }
            }
        }
    }

    private Task SendAsync(int number)
    {
        var format = _formats[number % _formats.Count];
        return (number % 6) switch
        {
            0 or 1 => EmbedAsync(new V1.Media { Text = $"number {number}, which nobody asked before", Modality = Modality.Text }),
            2 => EmbedAsync(SoakQuestion.Bytes(_mutator.Mutate(format.Bytes, _formats[0].Bytes, number))),
            3 => UploadAsync([.. format.Bytes, .. BitConverter.GetBytes(number)]),
            4 => GiveUpAsync(SoakQuestion.Bytes(_formats[0].Bytes), number),
            _ => client.EmbedAsync(new EmbedRequest { Items = { new V1.Media { Text = "x" } }, Dimensions = -number }).ResponseAsync,
        };
    }

    private async Task EmbedAsync(V1.Media media)
    {
        var response = await client.EmbedAsync(new EmbedRequest { Items = { media } }, deadline: DateTime.UtcNow + Patience);
        if (response.Results[0].Error is { } error && (StatusCode)error.Code is StatusCode.Internal or StatusCode.Unknown)
        {
            Faults.Enqueue($"{error.Reason}: {error.Message}");
        }
    }

    private async Task UploadAsync(byte[] bytes)
    {
        using var call = client.Upload(deadline: DateTime.UtcNow + Patience);
        await call.RequestStream.WriteAsync(new UploadRequest { Header = new UploadHeader { SizeBytes = bytes.Length } });
        await call.RequestStream.WriteAsync(new UploadRequest { Chunk = UnsafeByteOperations.UnsafeWrap(bytes) });
        await call.RequestStream.CompleteAsync();
        await EmbedAsync(new V1.Media { Ref = (await call).Ref });
    }

    private async Task GiveUpAsync(V1.Media media, int number)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(number % 200));
        try
        {
            using var call = client.Caption(new CaptionRequest { Media = { media } }, cancellationToken: end.Token);
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
            {
                // Until it is given up.
            }
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled)
        {
            // As wanted.
        }
    }
}
