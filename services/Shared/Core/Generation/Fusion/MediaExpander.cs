using Sensorium.Core.Errors;
using Sensorium.Core.Media;

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
        if (modality != Modality.Video)
        {
            yield return new MediaPart(index, item, modality, Implied: false);
        }
        else if (item.Track != MediaTrack.Default)
        {
            yield return new MediaPart(index, item, EncoderOf(item.Track), Implied: false);
        }
        else
        {
            foreach (var track in (MediaTrack[])[MediaTrack.Frames, MediaTrack.Audio, MediaTrack.Subtitles])
            {
                yield return new MediaPart(index, item with { Track = track }, EncoderOf(track), Implied: true);
            }
        }
    }

    private static Modality EncoderOf(MediaTrack track) => track switch
    {
        MediaTrack.Audio => Modality.Audio,
        MediaTrack.Subtitles => Modality.Text,
        _ => Modality.Video,
    };
}
