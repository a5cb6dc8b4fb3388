using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Media.Sound;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>A sound in spans of time. A hidden span is silent.</summary>
internal sealed class DividedSound(float[] samples, int sampleRate, TimeLayout layout) : IDividedMedium
{
    public PartLayout Layout => layout;

    public IReadOnlyList<Mask> Masks { get; } = SlidingMasks.Line(layout.Count, hides: true);

    public bool CanHideAll => true;

    public MediaItem Alter(string itemId, Mask mask)
    {
        var altered = (float[])samples.Clone();
        var hidden = mask.Hidden(layout.Count);
        for (var part = 0; part < hidden.Length; part++)
        {
            if (hidden[part])
            {
                altered.AsSpan(Border(part)..Border(part + 1)).Clear();
            }
        }

        return new MediaItem(itemId, new InlineSource(WaveWriter.Write(altered, sampleRate)), Modality.Audio, "audio/wav");
    }

    public Drawn Draw(IReadOnlyList<double> weights) => CurveSvg.Draw(layout, weights);

    public void Dispose()
    {
    }

    private int Border(int part) => (int)((long)samples.Length * part / layout.Count);
}
