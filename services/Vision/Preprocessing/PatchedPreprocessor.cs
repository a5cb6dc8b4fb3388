using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Vision.Preprocessing;

/// <summary>One picture of any size to one segment: its patches, [1, rows, columns, numbers of a patch].</summary>
internal sealed class PatchedPreprocessor(IImageDecoder decoder, PatchedPictures pictures, IOptions<ImagingOptions> options) : IMediaPreprocessor
{
    public string Digest { get; } = ParameterDigest.Of(new PictureParameters(pictures.Digest, decoder.Variant));

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PictureTracks.RefuseAny(item);

        request.Summary.SegmentsAvailable = 1;
        yield return Prepare(content, cancellationToken);
        await ValueTask.CompletedTask;
    }

    private PreparedSegment Prepare(IMediaContent content, CancellationToken cancellationToken)
    {
        using var image = decoder.Decode(content, options.Value.Limits, 0, 0, cancellationToken);
        var grid = pictures.GridOf(image.Width, image.Height);
        var input = FloatInput.Pooled(
            [1, grid.Rows, grid.Columns, pictures.Width], target => pictures.Process(image, grid, 0, pictures.Config.Frames, target, cancellationToken));
        return new PreparedSegment(null, input, grid.Patches);
    }
}
