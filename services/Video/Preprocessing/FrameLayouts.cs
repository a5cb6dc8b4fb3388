using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

/// <summary>[frames, 3, height, width]: each frame as a picture of fixed size.</summary>
internal sealed class WholeFrames(PictureProcessor processor, int frames) : IFrameLayout
{
    public string Digest => processor.Digest;

    public int[] ShapeOf(int width, int height) => [frames, 3, processor.Config.OutputHeight, processor.Config.OutputWidth];

    public int PatchesOf(int[] shape) => frames * processor.Patches;

    public void Write(RgbImage image, int frame, int[] shape, Span<float> clip, CancellationToken cancellationToken) =>
        processor.Process(image, clip.Slice(frame * processor.OutputLength, processor.OutputLength), cancellationToken);
}

/// <summary>[frames of patches, rows, columns, numbers of a patch]: patches that reach through some frames, of clips of any size.</summary>
internal sealed class PatchedFrames(PatchedPictures pictures, int frames) : IFrameLayout
{
    public string Digest => pictures.Digest;

    public int[] ShapeOf(int width, int height)
    {
        var grid = pictures.GridOf(width, height);
        return [frames / pictures.Config.Frames, grid.Rows, grid.Columns, pictures.Width];
    }

    public int PatchesOf(int[] shape) => shape[0] * shape[1] * shape[2];

    public void Write(RgbImage image, int frame, int[] shape, Span<float> clip, CancellationToken cancellationToken) =>
        pictures.Process(image, new PatchGrid(shape[1], shape[2]), frame, 1, clip, cancellationToken);
}
