using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Writes down what is said in a sound, or in the sound of a video.</summary>
internal sealed class TranscribeOperation(MediaIntake intake, ITranscriber transcriber)
{
    /// <param name="inputs">One, of the field "media".</param>
    /// <param name="job">Everything of the job, given its medium.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    public async IAsyncEnumerable<TranscriptEvent> RunAsync(
        IReadOnlyList<MediaInput> inputs,
        Func<MediaItem, TranscriptionJob> job,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var media = await intake.ReceiveAsync(inputs, "media", cancellationToken);
        media.ThrowIfAnyFailed();
        await foreach (var said in transcriber.TranscribeAsync(job(SoundOf(media.Media[0])), cancellationToken))
        {
            yield return said;
        }
    }

    private static MediaItem SoundOf(ReceivedMedia medium)
    {
        var item = medium.Item!;
        var modality = item.Modality!.Value;
        var track = TrackTable.HasTracks(modality) && item.Track == MediaTrack.Default ? MediaTrack.Audio : item.Track;
        return (TrackTable.EncoderOf(modality, track) ?? modality) == Modality.Audio
            ? item with { Track = track }
            : throw SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch,
                $"Speech is read from sounds and from the sound of videos; '{item.ItemId}' is {modality}, track {track}.",
                medium.Field);
    }
}
