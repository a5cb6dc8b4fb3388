using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Grpc;

/// <summary>Reads the parts of an upload: a header, then chunks.</summary>
internal sealed class UploadReader(IOptions<HostingOptions> options, TimeProvider time)
{
    public async Task<V1.UploadHeader> ReadHeaderAsync(IAsyncStreamReader<V1.UploadRequest> parts, CancellationToken cancellationToken) =>
        await MoveNextAsync(parts, cancellationToken) && parts.Current.PartCase == V1.UploadRequest.PartOneofCase.Header
            ? parts.Current.Header
            : throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, "The first message of an upload must carry its header.", "header");

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChunksAsync(
        IAsyncStreamReader<V1.UploadRequest> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await MoveNextAsync(parts, cancellationToken))
        {
            yield return parts.Current.PartCase == V1.UploadRequest.PartOneofCase.Chunk
                ? parts.Current.Chunk.Memory
                : throw SensoriumException.Invalid(
                    ErrorReasons.InvalidParameter, "Every message of an upload after the first must carry a chunk.", "chunk");
        }
    }

    // A caller that stopped sending would hold its space in the store for as long as it likes.
    private async Task<bool> MoveNextAsync(IAsyncStreamReader<V1.UploadRequest> parts, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.Value.UploadIdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        try
        {
            return await parts.MoveNext(either.Token);
        }
        catch (Exception) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SensoriumException(
                ErrorCode.DeadlineExceeded,
                ErrorReasons.DeadlineExceeded,
                $"The upload paused for more than {options.Value.UploadIdleTimeout}.");
        }
    }
}
