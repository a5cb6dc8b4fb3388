using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Media.Imaging;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

internal sealed class PictureDivider(
    IImageDecoder decoder, PreprocessingWorkers workers, IOptions<ImagingOptions> imaging, IOptions<ExplainOptions> options) : IMediumDivider
{
    public Modality Modality => Modality.Image;

    public async ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, Division division, CancellationToken cancellationToken)
    {
        var grid = division.Grid > 0 ? division.Grid : options.Value.Grid;
        RunLimit.Check(SlidingMasks.CountOfGrid(grid, grid), division.MaxRuns);
        return await workers.Run(() => Task.FromResult(new DividedPicture(Read(medium.Content!, cancellationToken), grid)), cancellationToken);
    }

    private RgbImage Read(IMediaContent content, CancellationToken cancellationToken)
    {
        var side = options.Value.PictureSide;
        var picture = decoder.Decode(content, imaging.Value.Limits, side, side, cancellationToken);
        var factor = (double)side / Math.Max(picture.Width, picture.Height);
        if (factor >= 1)
        {
            return picture;
        }

        using (picture)
        {
            return SeparableResizer.Resize(
                picture, Scaled(picture.Width, factor), Scaled(picture.Height, factor), ResampleFilter.Bicubic, cancellationToken);
        }
    }

    private static int Scaled(int side, double factor) => Math.Max(1, (int)Math.Round(side * factor));
}
