using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>Says which encoder is asked about which medium. A video without a track selector is its frames, its sound and its subtitles.</summary>
internal static class MediaExpander
{
    public static IReadOnlyList<MediaPart> Expand(IReadOnlyList<MediaItem> media)
    {
        if (media.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, "There is no medium to describe.", "media");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = media.FirstOrDefault(item => !seen.Add(item.ItemId));
        return repeated is null
            ? [.. media.SelectMany(Expand)]
            : throw SensoriumException.Invalid(ErrorReasons.DuplicateItemId, $"item_id '{repeated.ItemId}' occurs more than once.", "media");
    }

    private static IEnumerable<MediaPart> Expand(MediaItem item, int index)
    {
        var modality = item.Modality ?? (item.Source is TextSource ? Modality.Text : (Modality?)null) ?? throw SensoriumException.Invalid(
            ErrorReasons.UnknownModality, $"The modality of item '{item.ItemId}' is not known.", $"media[{index}].modality");
        if (item.Track != MediaTrack.Default || !TrackTable.HasTracks(modality))
        {
            // A track that the medium has not is for its encoder to refuse.
            yield return new MediaPart(index, item, TrackTable.EncoderOf(modality, item.Track) ?? modality, Implied: false);
            yield break;
        }

        foreach (var track in TrackTable.ImpliedBy(modality))
        {
            yield return new MediaPart(index, item with { Track = track.Track }, track.Encoder, Implied: true);
        }
    }
}
