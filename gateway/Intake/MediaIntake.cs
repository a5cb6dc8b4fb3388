using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Sniffing;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.Intake;

/// <summary>
/// Checks media, fetches URIs, reads references that another replica holds, and tells what everything is. Behind it there are
/// no URIs, every item has a modality, and large content is named by a reference that this process holds.
/// </summary>
internal sealed class MediaIntake(
    IUriFetcher fetcher,
    IMediaResolver resolver,
    IMediaSniffer sniffer,
    ServedAddress self,
    ICallers callers,
    IOptions<HostingOptions> options)
{
    /// <param name="media">Of one field of a request.</param>
    /// <param name="field">Name of that field.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The list as such is wrong. What is wrong with one medium is in the batch.</exception>
    public async Task<ReceivedBatch> ReceiveAsync(IReadOnlyList<MediaInput> media, string field, CancellationToken cancellationToken)
    {
        var ids = ItemIds.Assign([.. media.Select(medium => medium.ItemId)], field, options.Value.MaxItems);
        return new ReceivedBatch(await Task.WhenAll(media.Select((medium, i) => ReceiveOneAsync(medium, ids[i], cancellationToken))));
    }

    private async Task<ReceivedMedia> ReceiveOneAsync(MediaInput medium, string itemId, CancellationToken cancellationToken)
    {
        try
        {
            var item = (medium.Item ?? throw medium.Error!) with { ItemId = itemId };
            MediaRules.Check(item, medium.Field, options.Value.MaxInlineBytes);
            var received = await ResolveAsync(item, medium.Field, cancellationToken);
            CheckTrack(received.Item!, medium.Field);
            return received;
        }
        catch (SensoriumException error)
        {
            return new ReceivedMedia(itemId, medium.Field) { Error = error.At(itemId, medium.Field) };
        }
    }

    private async Task<ReceivedMedia> ResolveAsync(MediaItem item, string field, CancellationToken cancellationToken)
    {
        if (item.Source is TextSource)
        {
            return new ReceivedMedia(item.ItemId, field) { Item = item with { Modality = Modality.Text } };
        }

        item = item with { Source = Localize(item.Source) };
        if (item.Source is UriSource or DataSource)
        {
            var fetched = item.Source is UriSource uri ? await fetcher.FetchAsync(uri.Uri, cancellationToken) : fetcher.Take((DataSource)item.Source);
            item = item with { Source = fetched.Source, MediaType = item.MediaType ?? fetched.MediaType };
        }

        var content = await resolver.ResolveAsync(item.Source, cancellationToken);
        try
        {
            var sniffed = await sniffer.SniffAsync(content, item.Modality, item.MediaType, cancellationToken);
            return new ReceivedMedia(item.ItemId, field)
            {
                Item = item with
                {
                    Source = item.Source is InlineSource ? item.Source : HeldHere(content),
                    Modality = sniffed.Modality,
                    MediaType = sniffed.MediaType,
                },
                Content = content,
            };
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private ReferenceSource HeldHere(IMediaContent content) => new(content.Sha256, self.Value, content.SizeBytes);

    // A reference to this very process must not be asked for over the network, and one caller's must not be another's.
    private MediaSource Localize(MediaSource source) => source is ReferenceSource reference
        ? reference with
        {
            Holder = reference.Holder == self.Value ? null : reference.Holder,
            Owner = callers.Current is { ReadsAll: false } caller ? caller.Id : null,
        }
        : source;

    private static void CheckTrack(MediaItem item, string field)
    {
        if (TrackTable.EncoderOf(item.Modality!.Value, item.Track) is null)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack,
                $"{field}.track selects {item.Track}, but the medium is {item.Modality}; only a video has tracks.",
                $"{field}.track");
        }
    }
}
