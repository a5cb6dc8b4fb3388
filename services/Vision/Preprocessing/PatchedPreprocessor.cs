using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Vision.Preprocessing;

/// <summary>One picture of any size to one segment: its patches, [1, rows, columns, numbers of a patch].</summary>
internal sealed class PatchedPreprocessor(IImageDecoder decoder, PatchedPictures pictures, IOptions<ImagingOptions> options) : IMediaPreprocessor
{
    public string Digest { get; } = ParameterDigest.Of(new Parameters(pictures.Digest, decoder.Variant));

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
        var length = grid.Patches * pictures.Width;
        var owner = MemoryPool<float>.Shared.Rent(length);
        try
        {
            pictures.Process(image, grid, 0, pictures.Config.Frames, owner.Memory.Span[..length], cancellationToken);
        }
        catch
        {
            owner.Dispose();
            throw;
        }

        return new PreparedSegment(null, new FloatInput([1, grid.Rows, grid.Columns, pictures.Width], owner.Memory[..length]) { Owner = owner }, grid.Patches);
    }

    /// <summary>A decoder that is the reference adds nothing.</summary>
    private sealed record Parameters(string Pictures, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Decoder);
}
