using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Embeds one medium soon, or not at all.</summary>
internal sealed class TimelyEmbedder(Embedder embedder, TimeProvider time, IOptions<LiveOptions> options)
{
    /// <exception cref="SensoriumException">It cannot be embedded, or not in time.</exception>
    public async Task<EncodedMedia> EmbedAsync(MediaItem item, EncodeBatch template, CancellationToken cancellationToken)
    {
        var batch = template with { Deadline = time.GetUtcNow() + options.Value.MaxLateness };
        var outcome = (await embedder.EmbedAsync([new ReceivedMedia(item.ItemId, item.ItemId) { Item = item }], batch, cancellationToken)).Single();
        return outcome.Encoded ?? throw outcome.Error!;
    }
}
