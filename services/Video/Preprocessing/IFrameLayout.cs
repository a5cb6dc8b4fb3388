using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

/// <summary>How the frames of a clip lie in the tensor that its model reads.</summary>
internal interface IFrameLayout
{
    /// <summary>SHA-256 of all parameters.</summary>
    string Digest { get; }

    /// <summary>Of the tensor of a clip whose frames are of this size.</summary>
    int[] ShapeOf(int width, int height);

    /// <summary>Patches in a tensor: what a batcher counts.</summary>
    int PatchesOf(int[] shape);

    /// <summary>Writes one frame in its place, which counts from 0.</summary>
    void Write(RgbImage image, int frame, int[] shape, Span<float> clip, CancellationToken cancellationToken);
}
