using System.Text;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Occlusion;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>A text in words. A hidden word is left out. A text of one word has no other that could carry anything.</summary>
internal sealed class DividedText(MediaItem item, WordLayout layout) : IDividedMedium
{
    public PartLayout Layout => layout;

    public IReadOnlyList<Mask> Masks { get; } =
        layout.Count > 1 ? [.. Enumerable.Range(0, layout.Count).Select(word => new Mask([word], ShowsOnly: false))] : [];

    public bool CanHideAll => false;

    public MediaItem Alter(string itemId, Mask mask)
    {
        if (mask == Mask.Nothing)
        {
            return item with { ItemId = itemId };
        }

        var hidden = mask.Hidden(layout.Count);
        var text = new StringBuilder(layout.Text.Length);
        var end = 0;
        for (var word = 0; word < hidden.Length; word++)
        {
            var (start, length) = layout.Words[word];
            if (!hidden[word])
            {
                // What stands before the first word that is left is the gap of one that is not.
                text.Append(layout.Text, text.Length == 0 ? start : end, text.Length == 0 ? length : start + length - end);
            }

            end = start + length;
        }

        return new MediaItem(itemId, new TextSource(text.ToString()), Modality.Text);
    }

    public Drawn Draw(IReadOnlyList<double> weights) => WordsSvg.Draw(layout, weights);

    public void Dispose()
    {
    }
}
