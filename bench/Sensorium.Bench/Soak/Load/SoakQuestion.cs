using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Load;

/// <summary>A question whose answer does not change.</summary>
/// <param name="Name">Of its kind.</param>
/// <param name="Needs">Services without which it cannot be answered.</param>
/// <param name="AskAsync">Throws <see cref="RpcException"/>, also where the item failed.</param>
internal sealed record SoakQuestion(string Name, IReadOnlyList<string> Needs, Func<SensoriumService.SensoriumServiceClient, CancellationToken, Task<SoakAnswer>> AskAsync)
{
    // Long enough for a busy machine; what takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static SoakQuestion Embed(string name, string service, V1.Media media, CachePolicy policy = CachePolicy.Bypass) => new(
        name, [service], async (client, end) =>
        {
            var request = new EmbedRequest { Items = { media }, Options = new EncodeOptions { CachePolicy = policy } };
            var result = (await client.EmbedAsync(request, deadline: DateTime.UtcNow + Patience, cancellationToken: end)).Results[0];
            return result.Error is { } error
                ? throw new RpcException(new Status((StatusCode)error.Code, $"{error.Reason}: {error.Message}"))
                : new SoakAnswer(MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray(), "");
        });

    /// <summary>A stream, word by word.</summary>
    public static SoakQuestion Caption(string name, string service, V1.Media media, CachePolicy policy = CachePolicy.Bypass) => new(
        name, [service, "generation"], async (client, end) =>
        {
            var request = new CaptionRequest { Media = { media }, Parameters = new GenerationParameters { Temperature = 0, NumBeams = 1 }, CachePolicy = policy };
            using var call = client.Caption(request, deadline: DateTime.UtcNow + Patience, cancellationToken: end);
            var (words, finished) = ("", (Finished?)null);
            await foreach (var response in call.ResponseStream.ReadAllAsync(CancellationToken.None))
            {
                words += response.Event.Delta?.Text;
                finished = response.Event.Finished ?? finished;
            }

            return finished is null
                ? throw new RpcException(new Status(StatusCode.DataLoss, "The stream ended without Finished."))
                : new SoakAnswer([], $"{words}|{finished.Text}");
        });

    public static V1.Media Bytes(byte[] bytes) => new() { Data = UnsafeByteOperations.UnsafeWrap(bytes) };
}
