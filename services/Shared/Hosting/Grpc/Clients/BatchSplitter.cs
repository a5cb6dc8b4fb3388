using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Splits a batch so that neither the request nor its answer comes near the limits of one message.</summary>
internal static class BatchSplitter
{
    private const long MaxPartBytes = 16 << 20;
    private const int MaxItems = 64;
    private const int MaxItemsWithFeatures = 8;

    public static IEnumerable<EncodeBatch> Split(EncodeBatch batch)
    {
        var maxItems = batch.WithFeatures ? MaxItemsWithFeatures : MaxItems;
        var part = new List<MediaItem>();
        long bytes = 0;
        foreach (var item in batch.Items)
        {
            var size = InlineBytes(item.Source);
            if (part.Count > 0 && (part.Count == maxItems || bytes + size > MaxPartBytes))
            {
                yield return batch with { Items = part };
                (part, bytes) = ([], 0);
            }

            part.Add(item);
            bytes += size;
        }

        yield return batch with { Items = part };
    }

    private static long InlineBytes(MediaSource source) => source switch
    {
        InlineSource inline => inline.Data.Length,
        TextSource text => text.Text.Length * 3L,
        _ => 0,
    };
}
