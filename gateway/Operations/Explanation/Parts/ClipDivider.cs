using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>The frames of videos.</summary>
internal sealed class ClipDivider(IMediaProber prober, IOptions<ExplainOptions> options) : IMediumDivider
{
    /// <summary>Shorter parts have hardly a frame of their own.</summary>
    private static readonly TimeSpan ShortestPart = TimeSpan.FromMilliseconds(200);

    public Modality Modality => Modality.Video;

    public async ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, Division division, CancellationToken cancellationToken)
    {
        var wanted = division.Parts > 0 ? division.Parts : options.Value.ClipParts;
        RunLimit.Check(SlidingMasks.CountOfLine(wanted, hides: false), division.MaxRuns);
        var item = medium.Item!;
        var probe = await prober.ProbeAsync(medium.Content!, cancellationToken);
        var track = probe.Video ?? throw SensoriumException.Invalid(ErrorReasons.NoSuchTrack, $"The medium ({probe.Format}) has no video track.");
        var (from, until) = MediumSpan.Of(track.Duration is { } duration ? track.Start + duration : probe.Duration, item.Range);
        return new DividedTime(item, TimeLayout.Divide(from, until, MediumSpan.Parts(until - from, wanted, ShortestPart)));
    }
}
