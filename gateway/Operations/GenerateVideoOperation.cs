using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Walks;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Videos;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sound;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.Operations;

/// <summary>Makes a clip of a walk between prompts, in the time of a sound where there is one.</summary>
internal sealed class GenerateVideoOperation(
    MediaIntake intake, IImageGenerator generator, ISoundReader sounds, IImageDecoder pictures, IVideoWriter videos, IOptions<ImagingOptions> imaging, TimeProvider time)
{
    private const string Field = "sound";
    private const int BlockSamples = OnsetTracker.SampleRate;
    private const long MostBytes = 2L << 30;

    private readonly FramePainter _painter = new(generator, time);

    /// <param name="request">Everything but the sound.</param>
    /// <param name="sound">One, or none.</param>
    /// <param name="cancellationToken">Stops the work within a step.</param>
    public async IAsyncEnumerable<VideoEvent> RunAsync(VideoRequest request, IReadOnlyList<MediaInput> sound, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.Check();
        await using var received = sound.Count == 0 ? null : await intake.ReceiveAsync(sound, Field, cancellationToken);
        received?.ThrowIfAnyFailed();
        var track = received?.Media[0];
        var heard = track is null ? null : await ListenAsync(track, request.Duration, cancellationToken);
        var frames = request.FramesOf(heard is null ? null : TimeSpan.FromSeconds(heard.Duration));
        var pace = heard is null ? WalkPace.Even(frames) : WalkPace.Of(heard.Sums(), frames, request.Rate);
        var like = request.Like with { Seed = request.Like.Seed ?? ImageJob.NewSeed() };
        yield return new VideoBegun(frames, TimeSpan.FromSeconds(frames / request.Rate), like.Seed.Value);
        IVideoDraft? draft = null;
        try
        {
            var (done, model) = (0, default(PaintedFrame));
            await foreach (var frame in _painter.PaintAsync(LatentWalk.Frames(like, request.Prompts, pace), cancellationToken))
            {
                draft ??= Begin(frame, frames, request.Rate);
                await AddAsync(draft, frame, cancellationToken);
                model = frame;
                yield return new VideoFrameMade(++done, frames);
            }

            long size = 0;
            await foreach (var chunk in draft!.ReadAsync(track?.Content, cancellationToken))
            {
                size += chunk.Length;
                yield return new VideoChunk(chunk);
            }

            yield return new VideoDone(size, model!.Model);
        }
        finally
        {
            await (draft?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    // Frames lie on the disk as they are until the clip is made of them.
    private IVideoDraft Begin(PaintedFrame frame, int frames, double rate) => 3L * frame.Width * frame.Height * frames <= MostBytes
        ? videos.Begin(frame.Width, frame.Height, rate)
        : throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter,
            $"duration: {frames} pictures of {frame.Width} x {frame.Height} pixels have {3L * frame.Width * frame.Height * frames:N0} bytes; those of a clip have at most {MostBytes:N0}.",
            "duration");

    private async Task AddAsync(IVideoDraft draft, PaintedFrame frame, CancellationToken cancellationToken)
    {
        await using var content = new MemoryMediaContent(frame.Png);
        using var picture = pictures.Decode(content, imaging.Value.Limits, 0, 0, cancellationToken);
        await draft.AddAsync(picture.Memory, cancellationToken);
    }

    private async Task<OnsetTracker> ListenAsync(ReceivedMedia track, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var item = track.Item!;
        if (item.Modality is not (Modality.Audio or Modality.Video) || track.Content is null)
        {
            throw SensoriumException.Invalid(ErrorReasons.ModalityMismatch, $"A clip's sound is a sound, or a clip with sound; '{item.ItemId}' is {item.Modality}.", track.Field);
        }

        var heard = new OnsetTracker();
        var longest = duration ?? VideoRequest.Longest;
        await foreach (var block in sounds.ReadAsync(track.Content, new TimeRange(TimeSpan.Zero, longest + TimeSpan.FromSeconds(1)), OnsetTracker.SampleRate, BlockSamples, null, cancellationToken))
        {
            heard.Add(block.Span);
        }

        return duration is not null || heard.Duration <= longest.TotalSeconds
            ? heard
            : throw SensoriumException.Invalid(
                ErrorReasons.MediaTooLong, $"The sound is longer than the {longest.TotalSeconds} s that a clip may have; say how much of it is wanted as duration.", track.Field);
    }
}
