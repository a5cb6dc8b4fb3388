using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;

namespace Sensorium.Audio.Preprocessing;

/// <summary>
/// Cuts a sound into windows. Most sounds are short: they are decoded at once, without asking first how long they are. Only
/// one that turns out longer than what is wanted is probed, and the windows are chosen evenly over its length.
/// </summary>
internal sealed class SoundWindows(ISoundReader reader, IMediaProber prober, WindowSize size, IOptions<FfmpegOptions> options)
{
    /// <summary>
    /// Sound that is decoded in the time that starting another process takes. With fewer windows than that to skip, reading on
    /// is cheaper than seeking.
    /// </summary>
    private static readonly TimeSpan SeekWorth = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<SoundWindow> ReadAsync(
        IMediaContent content,
        TimeRange? range,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = range?.Start ?? TimeSpan.Zero;
        var wanted = Math.Max(1, request.MaxSegments);
        var report = new DecodingReport();
        var (blocks, complete) = await ReadFirstAsync(content, range, wanted, report, cancellationToken);
        if (!complete)
        {
            await foreach (var window in ReadChosenAsync(content, range, request, cancellationToken))
            {
                yield return window;
            }

            Report(report, request.Summary);
            yield break;
        }

        request.Summary.SegmentsAvailable = blocks.Count;
        request.Summary.Duration = Time(blocks.Sum(block => (long)block.Length));
        Report(report, request.Summary);
        for (var i = 0; i < blocks.Count; i++)
        {
            yield return Window(start, i, blocks[i]);
        }
    }

    // Told once: a real end that was found says more.
    private static void Report(DecodingReport report, PreprocessingSummary summary)
    {
        if (report.Damage is { } damage && summary.Warnings.All(warning => warning.Reason != WarningReasons.MediaTruncated))
        {
            summary.Warnings.Add(new MediaWarning(
                WarningReasons.MediaTruncated, $"The sound is cut off or damaged; what could be decoded was used: {damage}"));
        }
    }

    // The windows of a sound that has no more than wanted; a rest that is too short is dropped here.
    private async Task<(List<float[]> Blocks, bool Complete)> ReadFirstAsync(
        IMediaContent content, TimeRange? range, int wanted, DecodingReport report, CancellationToken cancellationToken)
    {
        var blocks = new List<float[]>();
        await foreach (var block in reader.ReadAsync(content, range, size.SamplingRate, size.Samples, report, cancellationToken))
        {
            if (blocks.Count > 0 && IsTooShort(block.Length))
            {
                continue;
            }

            if (blocks.Count == wanted)
            {
                return (blocks, false);
            }

            blocks.Add(block.ToArray());
        }

        return blocks.Count > 0 ? (blocks, true) : throw NoSound(range);
    }

    private async IAsyncEnumerable<SoundWindow> ReadChosenAsync(
        IMediaContent content,
        TimeRange? range,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var probe = await prober.ProbeAsync(content, cancellationToken);
        var announced = probe.DurationIsGuess ? null : probe.Sound?.Duration ?? probe.Duration;
        var duration = announced ?? Time(await CountAsync(content, cancellationToken));
        var (span, chosen) = Plan(range, duration, request);
        var used = 0;
        await foreach (var window in ReadAsync(content, span, chosen, cancellationToken))
        {
            used++;
            yield return window;
        }

        if (used == chosen.Count || announced is null)
        {
            yield break;
        }

        // The announced end is not there. What is there counts.
        var real = Time(await CountAsync(content, cancellationToken));
        request.Summary.Warnings.Add(new MediaWarning(
            WarningReasons.MediaTruncated, $"The sound ends at {real.TotalSeconds:0.#} s, before its announced end at {duration.TotalSeconds:0.#} s."));
        (span, chosen) = Plan(range, real, request);
        await foreach (var window in ReadAsync(content, span, used == 0 ? chosen : [], cancellationToken))
        {
            yield return window;
        }
    }

    private (TimeRange Span, IReadOnlyList<int> Chosen) Plan(TimeRange? range, TimeSpan duration, PreprocessingRequest request)
    {
        if (duration > options.Value.MaxDuration)
        {
            throw TooLong(duration);
        }

        var (from, until) = SegmentChoice.Resolve(range, duration);
        var samples = (long)((until - from).TotalSeconds * size.SamplingRate);
        var rest = (int)(samples % size.Samples);
        var available = Math.Max(1, (int)(samples / size.Samples) + (rest > 0 && !IsTooShort(rest) ? 1 : 0));
        var chosen = SegmentChoice.Evenly(available, Math.Max(1, request.MaxSegments));
        request.Summary.SegmentsAvailable = available;
        request.Summary.Duration = until - from;
        request.Summary.Truncated = chosen.Count < available;
        return (new TimeRange(from, until), chosen);
    }

    private IAsyncEnumerable<SoundWindow> ReadAsync(
        IMediaContent content, TimeRange span, IReadOnlyList<int> chosen, CancellationToken cancellationToken) =>
        span.End - span.Start < chosen.Count * SeekWorth
            ? PassOverAsync(content, span, chosen, cancellationToken)
            : SeekAsync(content, span, chosen, cancellationToken);

    private async IAsyncEnumerable<SoundWindow> PassOverAsync(
        IMediaContent content, TimeRange span, IReadOnlyList<int> chosen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (chosen.Count == 0)
        {
            yield break;
        }

        var (index, next) = (0, 0);
        await foreach (var block in reader.ReadAsync(content, span, size.SamplingRate, size.Samples, null, cancellationToken))
        {
            if (index++ == chosen[next])
            {
                yield return Window(span.Start, chosen[next], block);
                if (++next == chosen.Count)
                {
                    yield break;
                }
            }
        }
    }

    private async IAsyncEnumerable<SoundWindow> SeekAsync(
        IMediaContent content, TimeRange span, IReadOnlyList<int> chosen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var index in chosen)
        {
            var from = span.Start + Time((long)index * size.Samples);
            var part = new TimeRange(from, from + size.Duration < span.End ? from + size.Duration : span.End);
            await foreach (var block in reader.ReadAsync(content, part, size.SamplingRate, size.Samples, null, cancellationToken))
            {
                yield return Window(span.Start, index, block);
                break;
            }
        }
    }

    // For sound that was streamed into its container, which then does not say how long it is.
    private async Task<long> CountAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        var samples = 0L;
        await foreach (var block in reader.ReadAsync(content, null, size.SamplingRate, size.Samples, null, cancellationToken))
        {
            samples += block.Length;
            if (Time(samples) > options.Value.MaxDuration)
            {
                throw TooLong(Time(samples));
            }
        }

        return samples;
    }

    private bool IsTooShort(int samples) => samples < size.MinTail * size.Samples;

    private SoundWindow Window(TimeSpan start, int index, ReadOnlyMemory<float> samples)
    {
        var from = start + Time((long)index * size.Samples);
        return new SoundWindow(new TimeRange(from, from + Time(samples.Length)), samples);
    }

    private TimeSpan Time(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / size.SamplingRate);

    private SensoriumException TooLong(TimeSpan duration) => SensoriumException.Invalid(
        ErrorReasons.MediaTooLong, $"The sound lasts {duration.TotalSeconds:0.#} s; at most {options.Value.MaxDuration.TotalSeconds:0.#} s are allowed.");

    private static SensoriumException NoSound(TimeRange? range) => range is { Start: var start } && start > TimeSpan.Zero
        ? SensoriumException.Invalid(ErrorReasons.InvalidRange, $"There is no sound at or after {start.TotalSeconds:0.###} s.")
        : SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "The sound track holds no samples.");
}
