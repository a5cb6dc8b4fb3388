using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>The joined sequences of one request.</summary>
/// <param name="Statuses">In the order in which the sequences are joined.</param>
/// <param name="Failures">Media that could not be used; empty unless the caller allowed that.</param>
internal sealed record FusedMedia(
    FeatureSequence Features,
    IReadOnlyList<CaptionMediaStatus> Statuses,
    IReadOnlyList<CaptionMediaError> Failures,
    IReadOnlyList<MediaWarning> Warnings)
{
    /// <summary>Segments that were joined, by the encoder that they came from.</summary>
    public IReadOnlyDictionary<Modality, int> Segments => Statuses
        .GroupBy(status => status.Modality)
        .ToDictionary(group => group.Key, group => group.Sum(status => status.SegmentsUsed));
}
