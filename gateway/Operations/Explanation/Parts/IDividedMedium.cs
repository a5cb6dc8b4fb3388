using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Occlusion;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>A medium parts of which can be hidden.</summary>
internal interface IDividedMedium : IDisposable
{
    PartLayout Layout { get; }

    /// <summary>What is to be encoded to weigh the parts.</summary>
    IReadOnlyList<Mask> Masks { get; }

    /// <summary>Whether anything is left to encode where everything is hidden.</summary>
    bool CanHideAll { get; }

    /// <summary>The medium behind a mask. Called from several threads at once.</summary>
    MediaItem Alter(string itemId, Mask mask);

    /// <summary>The medium with the weights of its parts.</summary>
    Drawn Draw(IReadOnlyList<double> weights);
}
