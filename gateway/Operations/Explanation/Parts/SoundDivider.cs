using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>Sounds, and the sound of videos.</summary>
internal sealed class SoundDivider(ISoundReader reader, IMediaProber prober, IOptions<ExplainOptions> options) : IMediumDivider
{
    /// <summary>Shorter parts say nothing.</summary>
    private static readonly TimeSpan ShortestPart = TimeSpan.FromMilliseconds(50);

    public Modality Modality => Modality.Audio;

    public async ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, Division division, CancellationToken cancellationToken)
    {
        var wanted = division.Parts > 0 ? division.Parts : options.Value.SoundParts;
        RunLimit.Check(SlidingMasks.CountOfLine(wanted, hides: true), division.MaxRuns);
        var item = medium.Item!;
        if (await ReadAsync(medium.Content!, item.Range, cancellationToken) is not { } samples)
        {
            var probe = await prober.ProbeAsync(medium.Content!, cancellationToken);
            var (from, until) = MediumSpan.Of(probe.Sound?.Duration ?? probe.Duration, item.Range);
            return new DividedTime(item, TimeLayout.Divide(from, until, MediumSpan.Parts(until - from, wanted, ShortestPart)));
        }

        var length = TimeSpan.FromSeconds((double)samples.Length / options.Value.SoundRate);
        var parts = MediumSpan.Parts(length, wanted, ShortestPart);
        var start = item.Range?.Start ?? TimeSpan.Zero;
        return new DividedSound(samples, options.Value.SoundRate, TimeLayout.Divide(start, start + length, parts));
    }

    /// <summary>Null if there is more than what may be held.</summary>
    private async ValueTask<float[]?> ReadAsync(IMediaContent content, TimeRange? range, CancellationToken cancellationToken)
    {
        var rate = options.Value.SoundRate;
        var most = options.Value.MaxSilencedSound.TotalSeconds * rate;
        var samples = new List<float>(rate);
        await foreach (var block in reader.ReadAsync(content, range, rate, rate, new DecodingReport(), cancellationToken))
        {
            samples.AddRange(block.Span);
            if (samples.Count > most)
            {
                return null;
            }
        }

        return [.. samples];
    }
}
