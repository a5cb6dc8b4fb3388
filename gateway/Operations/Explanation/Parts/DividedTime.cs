using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Occlusion;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>A video, or a long sound, in spans of time that are encoded alone: nothing is decoded or kept here.</summary>
internal sealed class DividedTime(MediaItem item, TimeLayout layout) : IDividedMedium
{
    public PartLayout Layout => layout;

    public IReadOnlyList<Mask> Masks { get; } = SlidingMasks.Line(layout.Count, hides: false);

    public bool CanHideAll => false;

    public MediaItem Alter(string itemId, Mask mask)
    {
        if (mask == Mask.Nothing)
        {
            return item with { ItemId = itemId };
        }

        if (!mask.ShowsOnly)
        {
            throw new ArgumentException("Spans of this medium are shown alone, not hidden.", nameof(mask));
        }

        var range = new TimeRange(layout.Ranges[mask.Parts[0]].Start, layout.Ranges[mask.Parts[^1]].End);
        return item with { ItemId = itemId, Range = range };
    }

    public Drawn Draw(IReadOnlyList<double> weights) => CurveSvg.Draw(layout, weights);

    public void Dispose()
    {
    }
}
