using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

internal sealed class MediaProber(FfmpegRunner runner, StoreFolder folder) : IMediaProber
{
    private const int MaxDescriptionBytes = 4 << 20;

    public async Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        var probe = await ProbeFileAsync(file.Path, cancellationToken);
        if (probe.Duration is null && probe.Video is { Duration: null } video)
        {
            probe = probe with { Duration = await MeasureAsync(file.Path, video.Index, cancellationToken) };
        }

        return probe;
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
        await using var process = await runner.StartFfprobeAsync(FfmpegCommands.Probe(path), cancellationToken);
        var json = await process.ReadTextAsync(MaxDescriptionBytes);
        if (await process.FinishAsync() is { } problem)
        {
            throw Explain(problem);
        }

        try
        {
            return FfmpegCommands.ParseProbe(json);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NullReferenceException or ArgumentException)
        {
            throw MediaError.Undecodable("The medium's description cannot be read.", exception);
        }
    }

    // Recordings that were streamed do not say how long they are.
    private async Task<TimeSpan?> MeasureAsync(string path, int stream, CancellationToken cancellationToken)
    {
        await using var process = await runner.StartFfmpegAsync(FfmpegCommands.MeasureLength(path, stream), cancellationToken);
        var progress = await process.ReadTextAsync(MaxDescriptionBytes);
        await process.FinishAsync();
        return progress.Split('\n')
            .Where(line => line.StartsWith("out_time_us=", StringComparison.Ordinal))
            .Select(line => long.TryParse(line.AsSpan(12), NumberStyles.Integer, CultureInfo.InvariantCulture, out var us) ? us : 0)
            .Where(us => us > 0)
            .Select(us => (TimeSpan?)TimeSpan.FromMicroseconds(us))
            .LastOrDefault();
    }
}
