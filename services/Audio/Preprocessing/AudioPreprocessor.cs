using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;

namespace Sensorium.Audio.Preprocessing;

/// <summary>
/// Sound of any container to consecutive windows of what the model reads. A rest at the end that is too short to mean anything is left out.
/// </summary>
internal sealed class AudioPreprocessor(SoundWindows windows, ISoundFeatures features) : IMediaPreprocessor
{
    /// <summary>Raised whenever this code's output changes for equal parameters.</summary>
    private const int FormatVersion = 1;

    public string Digest { get; } = ParameterDigest.Of(new { FormatVersion, Features = features.Digest });

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Validate(item);
        await foreach (var window in windows.ReadAsync(content, item.Range, request, cancellationToken))
        {
            yield return Prepare(window);
        }
    }

    private static void Validate(MediaItem item)
    {
        if (item.Track is MediaTrack.Frames or MediaTrack.Subtitles || (item.Modality == Modality.Video && item.Track != MediaTrack.Audio))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack, $"The audio encoder reads sound, and track {MediaTrack.Audio} of a video; {item.Track} of {item.Modality} was asked for.");
        }

        item.Range?.Validate();
    }

    private PreparedSegment Prepare(SoundWindow window)
    {
        var input = FloatInput.Pooled(features.ShapeOf(window.Samples.Length), target => features.Extract(window.Samples.Span, target));
        return new PreparedSegment(window.Range, input, features.FramesOf(window.Samples.Length));
    }
}
