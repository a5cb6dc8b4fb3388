using Sensorium.Core.Media;

namespace Sensorium.Core.Modalities;

/// <summary>A part of a medium that can be asked for by itself.</summary>
/// <param name="Owner">The modality of the medium that has it.</param>
/// <param name="Encoder">The modality whose encoder reads it.</param>
public sealed record TrackRow(MediaTrack Track, string Name, Modality Owner, Modality Encoder);

/// <summary>The one table of tracks: which encoder serves which part of which medium.</summary>
public static class TrackTable
{
    private static readonly TrackRow[] Rows =
    [
        new(MediaTrack.Frames, "frames", Modality.Video, Modality.Video),
        new(MediaTrack.Audio, "audio", Modality.Video, Modality.Audio),
        new(MediaTrack.Subtitles, "subtitles", Modality.Video, Modality.Text),
    ];

    /// <summary>Tracks that a medium stands for where none is selected, in their order; empty if it has none.</summary>
    public static IEnumerable<TrackRow> ImpliedBy(Modality modality) => Rows.Where(row => row.Owner == modality);

    /// <summary>What of media the encoder of a modality takes, the medium itself first.</summary>
    public static IReadOnlyList<MediaTrack> TakenBy(Modality encoder) =>
        [MediaTrack.Default, .. Rows.Where(row => row.Encoder == encoder).Select(row => row.Track)];

    /// <summary>Which encoder reads a track of a medium; the medium itself is read by its own. Null if it has no such track.</summary>
    public static Modality? EncoderOf(Modality modality, MediaTrack track) => track == MediaTrack.Default
        ? modality
        : Array.Find(Rows, row => row.Owner == modality && row.Track == track)?.Encoder;

    /// <summary>Whether media of this modality have tracks.</summary>
    public static bool HasTracks(Modality modality) => Array.Exists(Rows, row => row.Owner == modality);
}
