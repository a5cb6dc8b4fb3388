using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

internal sealed class MediaProber(FfmpegRunner runner, StoreFolder folder, IOptions<ImagingOptions> imaging) : IMediaProber
{
    private const int MaxDescriptionBytes = 4 << 20;

    public async Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        var probe = await ProbeFileAsync(file.Path, cancellationToken);
        return probe.Video is { } video && !IsCredible(probe, video) && await MeasureAsync(file.Path, probe, video.Index, cancellationToken) is { } span
            ? probe with { Duration = probe.Duration ?? span.End, Video = video with { Start = span.Start, Duration = span.End - span.Start } }
            : probe;
    }

    public async Task<TrackSpan?> MeasureAsync(IMediaContent content, int stream, CancellationToken cancellationToken)
    {
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        return await MeasureAsync(file.Path, await ProbeFileAsync(file.Path, cancellationToken), stream, cancellationToken);
    }

    /// <summary>What an unsuccessful run said, as an error.</summary>
    public static SensoriumException Explain(string problem)
    {
        if (problem.Contains("matches no streams", StringComparison.OrdinalIgnoreCase))
        {
            return MediaError.NoSuchTrack("The medium has no such track.");
        }

        string[] signs = ["moov atom not found", "end of file", "truncat", "partial file"];
        return signs.Any(sign => problem.Contains(sign, StringComparison.OrdinalIgnoreCase))
            ? MediaError.Truncated($"The medium is incomplete: {problem}")
            : MediaError.Undecodable($"The medium cannot be decoded: {problem}");
    }

    // The container's own description, without measuring what it leaves open.
    private async Task<MediaProbe> ProbeFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var process = await runner.StartFfprobeAsync(FfmpegCommands.Probe(path, imaging.Value.MaxPixels), cancellationToken);
        var json = await process.ReadTextAsync(MaxDescriptionBytes);
        if (await process.FinishAsync() is { } problem)
        {
            throw process.Errors.RefusedSize is var (width, height)
                ? MediaError.TooManyPixels(width, height, imaging.Value.MaxPixels)
                : Explain(problem);
        }

        try
        {
            return FfmpegCommands.ParseProbe(json) with { DurationIsGuess = process.Errors.LengthIsGuess };
        }
        catch (Exception exception) when (exception is not SensoriumException)
        {
            throw MediaError.Undecodable("The medium's description cannot be read.", exception);
        }
    }

    // The length of the whole container says nothing of the pictures; one beyond the limit may be a mark for "unknown"; and
    // Matroska counts from a clock that may have run before.
    private bool IsCredible(MediaProbe probe, VideoTrack video) =>
        video.Duration is { } duration
        && duration <= runner.Options.MaxDuration
        && !(probe.Format.StartsWith("matroska", StringComparison.Ordinal) && (probe.Origin > TimeSpan.Zero || video.Start > TimeSpan.Zero));

    private async Task<TrackSpan?> MeasureAsync(string path, MediaProbe probe, int stream, CancellationToken cancellationToken)
    {
        await using var process = await runner.StartFfprobeAsync(FfmpegCommands.Packets(path, stream), cancellationToken);
        var times = new PacketTimes();
        var block = new byte[65536];
        while (await process.ReadBlockAsync(block) is var count and > 0)
        {
            times.Add(Encoding.ASCII.GetString(block, 0, count));
        }

        await process.FinishAsync();
        return times.Span(probe.Origin);
    }
}
