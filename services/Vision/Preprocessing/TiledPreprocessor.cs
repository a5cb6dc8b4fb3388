using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Vision.Preprocessing;

/// <summary>One picture to a segment for each of its squares, row by row, and one for the picture as a whole.</summary>
internal sealed class TiledPreprocessor(IImageDecoder decoder, TiledPictures tiles, IOptions<ImagingOptions> options) : IMediaPreprocessor
{
    public string Digest { get; } = ParameterDigest.Of(new PictureParameters(tiles.Digest, decoder.Variant));

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PictureTracks.RefuseAny(item);

        using var image = decoder.Decode(content, options.Value.Limits, 0, 0, cancellationToken);
        var scaled = tiles.Scale(image, cancellationToken);
        using var owned = ReferenceEquals(scaled, image) ? null : scaled;
        var (rows, columns) = tiles.GridOf(scaled);

        // Some squares without the others mean nothing to a model: the whole picture stands for them.
        var splits = (rows * columns) + 1 <= request.MaxSegments;
        request.Summary.SegmentsAvailable = splits ? (rows * columns) + 1 : 1;
        for (var place = 0; splits && place < rows * columns; place++)
        {
            var (row, column) = (place / columns, place % columns);
            yield return Prepare(target => tiles.ProcessTile(scaled, row, column, target, cancellationToken)) with { Tile = new Tile(row + 1, column + 1) };
        }

        yield return Prepare(target => tiles.ProcessWhole(scaled, target, cancellationToken));
        await ValueTask.CompletedTask;
    }

    private PreparedSegment Prepare(Action<Span<float>> fill) =>
        new(null, FloatInput.Pooled([3, tiles.Config.Side, tiles.Config.Side], fill), tiles.Patches);
}
