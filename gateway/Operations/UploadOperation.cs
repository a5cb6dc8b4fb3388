using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Media.Sniffing;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.Operations;

/// <summary>Keeps a medium in the store of this process and tells what it is.</summary>
internal sealed class UploadOperation(
    IMediaStore store,
    IMediaResolver resolver,
    IMediaSniffer sniffer,
    ServedAddress self,
    ICallers callers,
    CallRecords calls)
{
    /// <param name="announced">What the caller says before the bytes.</param>
    /// <param name="chunks">Not read if the content is held already.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">Over a limit, empty, broken off, or not what was announced.</exception>
    public async Task<Uploaded> RunAsync(
        UploadAnnouncement announced, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken)
    {
        if (announced.SizeBytes < 0)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"header.size_bytes is {announced.SizeBytes}; it must not be negative.", "header.size_bytes");
        }

        var owner = callers.Current.Id;
        var stored = announced.Sha256 is { } hash && store.Keep(hash, owner) is { } known
            ? known
            : await StoreAsync(announced, owner, chunks, cancellationToken);
        await using var content = await resolver.ResolveAsync(new ReferenceSource(stored.Sha256, null, stored.SizeBytes), cancellationToken);
        var sniffed = await sniffer.SniffAsync(content, null, announced.MediaType, cancellationToken);

        // It is open, so that it is still there to be kept.
        var kept = store.Keep(stored.Sha256, owner) ?? stored;
        calls.Current?.AddMedium(kept.Sha256);
        return new Uploaded(new ReferenceSource(kept.Sha256, self.Value, kept.SizeBytes), sniffed.Modality, sniffed.MediaType, kept.ExpiresAt);
    }

    private async Task<StoredMedia> StoreAsync(
        UploadAnnouncement announced, string owner, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken)
    {
        await using var upload = store.BeginUpload(announced.SizeBytes, announced.Sha256, owner);
        long received = 0;
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            received += chunk.Length;
            if (announced.SizeBytes > 0 && received > announced.SizeBytes)
            {
                throw OtherLength(announced.SizeBytes, received, "at least ");
            }

            await upload.WriteAsync(chunk, cancellationToken);
        }

        return announced.SizeBytes == 0 || received == announced.SizeBytes || received == 0
            ? await upload.CompleteAsync(cancellationToken)
            : throw OtherLength(announced.SizeBytes, received, "");
    }

    private static SensoriumException OtherLength(long announced, long received, string how) => new(
        ErrorCode.InvalidArgument,
        ErrorReasons.InvalidParameter,
        $"header.size_bytes announced {announced} bytes, but {how}{received} came; nothing is kept.")
    {
        Field = "header.size_bytes",
        Metadata = new Dictionary<string, string>
        {
            ["announced_bytes"] = announced.ToString(CultureInfo.InvariantCulture),
            ["received_bytes"] = received.ToString(CultureInfo.InvariantCulture),
        },
    };
}

/// <param name="MediaType">A hint; null if unknown.</param>
/// <param name="SizeBytes">0 if unknown.</param>
/// <param name="Sha256">Checked if set.</param>
internal sealed record UploadAnnouncement(string? MediaType, long SizeBytes, string? Sha256);

/// <param name="Modality">What the content turned out to be.</param>
internal sealed record Uploaded(ReferenceSource Reference, Modality Modality, string MediaType, DateTimeOffset ExpiresAt);
