using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.Grpc;

/// <summary>Serves uploaded media to the services that need them.</summary>
internal sealed class MediaGrpcService(IMediaStore store, ICallers callers) : V1.MediaService.MediaServiceBase
{
    private const int ChunkBytes = 256 << 10;

    public override async Task Read(V1.ReadRequest request, IServerStreamWriter<V1.ReadResponse> responseStream, ServerCallContext context)
    {
        await using var content = store.TryOpen(request.Sha256, OwnerFor(request)) ?? throw new SensoriumException(
            ErrorCode.NotFound, ErrorReasons.MediaNotFound, $"The medium {request.Sha256} is not, or no longer, held here.");
        var field = request.Offset < 0 || request.Offset > content.SizeBytes ? "offset" : request.Length < 0 ? "length" : null;
        if (field is not null)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidRange,
                $"{field}: the medium has {content.SizeBytes} bytes; {request.Length} from {request.Offset} cannot be read.",
                field);
        }

        // The rest is compared with, not added to: the largest lengths would overflow.
        var rest = content.SizeBytes - request.Offset;
        var end = request.Length == 0 || request.Length > rest ? content.SizeBytes : request.Offset + request.Length;
        await SendAsync(content, request.Offset, end, responseStream, context.CancellationToken);
    }

    // A service reads for somebody or, where the gateway has looked at that, everything; callers read what is theirs.
    private string? OwnerFor(V1.ReadRequest request)
    {
        var caller = callers.Current;
        return !caller.ReadsAll ? caller.Id : request.Owner.Length > 0 ? request.Owner : null;
    }

    private static async Task SendAsync(
        IMediaContent content,
        long offset,
        long end,
        IServerStreamWriter<V1.ReadResponse> responses,
        CancellationToken cancellationToken)
    {
        await using var stream = content.OpenRead();
        stream.Position = offset;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (offset < end)
            {
                var wanted = (int)Math.Min(ChunkBytes, end - offset);
                var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, cancellationToken: cancellationToken);

                // A message is serialised before its write completes, so that the buffer can be used again.
                var data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read));
                await responses.WriteAsync(new V1.ReadResponse { Offset = offset, Data = data, SizeBytes = content.SizeBytes }, cancellationToken);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
