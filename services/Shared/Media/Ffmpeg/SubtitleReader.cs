using System.Runtime.CompilerServices;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>ffmpeg turns every text format into SubRip, which is read here.</summary>
internal sealed class SubtitleReader(FfmpegRunner runner, IMediaProber prober, StoreFolder folder) : ISubtitleReader
{
    private const int MaxBytes = 8 << 20;

    public async IAsyncEnumerable<SubtitleCue> ReadAsync(
        IMediaContent content,
        TimeRange? range,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var probe = await prober.ProbeAsync(content, cancellationToken);
        var track = probe.Subtitles ?? throw MediaError.NoSuchTrack("The medium has no subtitle track that is text.");
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        await using var process = await runner.StartFfmpegAsync(FfmpegCommands.Subtitles(file.Path, track.Index), cancellationToken);
        var text = await process.ReadTextAsync(MaxBytes);
        if (await process.FinishAsync() is { } problem && text.Length == 0)
        {
            throw MediaProber.Explain(problem);
        }

        foreach (var cue in SubRip.Parse(text))
        {
            if (range is null || (cue.End > range.Value.Start && (range.Value.End is null || cue.Start < range.Value.End)))
            {
                yield return cue;
            }
        }
    }
}
