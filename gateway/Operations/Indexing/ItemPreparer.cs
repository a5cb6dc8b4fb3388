using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;
using Sensorium.Index;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Makes what is kept of an entry, beside what encoders say.</summary>
internal sealed class ItemPreparer(Thumbnailer thumbnails, IOptions<IndexOptions> options, TimeProvider time)
{
    private const int TextLength = 200;

    /// <summary>Before anything is encoded: the id, the hash, and vectors that were brought.</summary>
    /// <exception cref="SensoriumException">The entry cannot be kept.</exception>
    public static void Prepare(EntryWork work, CollectionDefinition collection)
    {
        if (work.Medium is { } medium)
        {
            work.Sha256 = medium.Error is { } error ? throw error : HashOf(medium.Item!.Source, medium.Content);
            work.Id = work.Id.Length == 0 ? work.Sha256 : work.Id;
        }

        CollectionRules.CheckId(work.Id, "item.id");
        if (work.Entry.Vectors is { } vectors)
        {
            work.Segments.AddRange(Check(vectors, collection));
        }
    }

    /// <summary>When all its segments are there.</summary>
    public async Task<IndexedItem> FinishAsync(EntryWork work, bool keepContent, CancellationToken cancellationToken)
    {
        var item = work.Medium?.Item;
        var text = TextOf(work);
        work.Facts = new ItemFacts(
            work.Id,
            item?.Modality ?? work.Entry.Vectors?.Modality,
            item?.MediaType ?? "",
            work.Sha256,
            work.Medium?.Content?.SizeBytes ?? System.Text.Encoding.UTF8.GetByteCount((item?.Source as TextSource)?.Text ?? ""),
            work.Duration,
            text,
            work.Entry.Metadata,
            time.GetUtcNow());
        if (work.Medium is not { } medium)
        {
            return new IndexedItem(work.Facts, work.Segments, default, default);
        }

        var content = keepContent ? await ReadAsync(work, cancellationToken) : [];
        return new IndexedItem(work.Facts, work.Segments, await thumbnails.MakeAsync(medium, cancellationToken), content);
    }

    private async Task<byte[]> ReadAsync(EntryWork work, CancellationToken cancellationToken)
    {
        if (work.Facts!.SizeBytes > options.Value.MaxContentBytes)
        {
            throw new SensoriumException(
                ErrorCode.InvalidArgument,
                ErrorReasons.MediaTooLarge,
                $"The medium has {work.Facts.SizeBytes:N0} bytes; at most {options.Value.MaxContentBytes:N0} are kept beside their vectors. Leave keep_content out.")
            {
                Field = "item.media",
            };
        }

        if (work.Medium!.Item!.Source is TextSource text)
        {
            return System.Text.Encoding.UTF8.GetBytes(text.Text);
        }

        await using var stream = work.Medium.Content!.OpenRead();
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static string HashOf(MediaSource source, IMediaContent? content) =>
        content?.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(((TextSource)source).Text)));

    private static string TextOf(EntryWork work)
    {
        var text = work.Medium?.Item switch
        {
            { Source: TextSource source } => source.Text,
            { Modality: Modality.Text } when work.Medium.Content is { } content => BeginningOf(content),
            _ => "",
        };
        var length = Math.Min(text.Length, TextLength);
        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private static string BeginningOf(IMediaContent content)
    {
        using var stream = content.OpenRead();
        var bytes = new byte[4 * TextLength];
        return System.Text.Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static IEnumerable<ItemSegment> Check(OwnVectors vectors, CollectionDefinition collection)
    {
        CollectionRules.CheckSpace(collection, vectors.SpaceId, "item.vectors");
        if (vectors.Segments.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, "item.vectors.segments is empty; give at least one.", "item.vectors.segments");
        }

        return vectors.Segments.Select((segment, i) => segment with
        {
            Vector = QueryVectors.Unit(segment.Vector.Span, collection, $"item.vectors.segments[{i}].embedding"),
        });
    }
}
