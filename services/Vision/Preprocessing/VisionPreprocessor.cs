using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Vision.Preprocessing;

/// <summary>One picture to one segment: [3, height, width] as preprocessor_config.json says.</summary>
internal sealed class VisionPreprocessor(IImageDecoder decoder, PictureProcessor processor, IOptions<ImagingOptions> options) : IMediaPreprocessor
{
    /// <summary>How many times the model's size is left by a decoder that shrinks (docs/decisions/0009-media-decoding.md).</summary>
    private const int ShrinkMargin = 3;

    private readonly int _minSide = options.Value.ShrinkOnLoad && processor.Config.DoResize
        ? ShrinkMargin * Math.Max(processor.Config.LargestSide, processor.Config.ShortestEdge)
        : 0;

    public string Digest { get; } = ParameterDigest.Of(
        new Parameters(processor.Digest, options.Value.ShrinkOnLoad, ShrinkMargin, decoder.Variant));

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
        var config = processor.Config;
        var input = FloatInput.Pooled([3, config.OutputHeight, config.OutputWidth], target =>
        {
            using var image = decoder.Decode(content, options.Value.Limits, _minSide, _minSide, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            processor.Process(image, target, cancellationToken);
        });
        return new PreparedSegment(null, input, processor.Patches);
    }

    /// <summary>A decoder that is the reference adds nothing.</summary>
    private sealed record Parameters(
        string Pictures,
        bool ShrinkOnLoad,
        int ShrinkMargin,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Decoder);
}
