using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.Uploads;

/// <summary>Takes an upload chunk by chunk into the store of this process.</summary>
internal sealed class UploadReceiver(IMediaStore store, IOptions<HostingOptions> options, TimeProvider time)
{
    /// <exception cref="SensoriumException">No header, over a limit, empty, broken off, or not what was announced.</exception>
    public async Task<(V1.UploadHeader Header, StoredMedia Media)> ReceiveAsync(
        IAsyncStreamReader<V1.UploadRequest> parts,
        CancellationToken cancellationToken)
    {
        var header = await ReadHeaderAsync(parts, cancellationToken);
        var announced = header.Sha256.Length == 0 ? null : header.Sha256;
        if (announced is not null && store.Touch(announced) is { } known)
        {
            return (header, known);
        }

        await using var upload = store.BeginUpload(header.SizeBytes, announced);
        while (await MoveNextAsync(parts, cancellationToken))
        {
            if (parts.Current.PartCase != V1.UploadRequest.PartOneofCase.Chunk)
            {
                throw SensoriumException.Invalid(
                    ErrorReasons.InvalidParameter, "Every message of an upload after the first must carry a chunk.", "chunk");
            }

            await upload.WriteAsync(parts.Current.Chunk.Memory, cancellationToken);
        }

        return (header, await upload.CompleteAsync(cancellationToken));
    }

    private async Task<V1.UploadHeader> ReadHeaderAsync(IAsyncStreamReader<V1.UploadRequest> parts, CancellationToken cancellationToken)
    {
        if (!await MoveNextAsync(parts, cancellationToken) || parts.Current.PartCase != V1.UploadRequest.PartOneofCase.Header)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, "The first message of an upload must carry its header.", "header");
        }

        var header = parts.Current.Header;
        if (header.SizeBytes < 0)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"header.size_bytes is {header.SizeBytes}; it must not be negative.", "header.size_bytes");
        }

        return header;
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
