using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Imaging;
using Sensorium.Testing.Shared.Media;
using Sensorium.Vision.Preprocessing;
using Xunit;
using static Sensorium.Preprocessing.UnitTests.PreprocessingServices;

namespace Sensorium.Preprocessing.UnitTests;

public sealed class VisionPreprocessorTests : IDisposable
{
    private readonly PreprocessingServices _services = new();

    [Fact]
    public async Task A_picture_is_one_segment_without_a_range()
    {
        var (segments, summary) = await PrepareAsync(Create(), Picture(), 4);

        var segment = Assert.Single(segments);
        Assert.Null(segment.Range);
        Assert.Equal([3, 32, 32], segment.Shape);

        // Pure red.
        Assert.All(segment.Data[..1024], value => Assert.Equal(1f, value, 0.03f));
        Assert.All(segment.Data[1024..], value => Assert.Equal(-1f, value, 0.03f));
        Assert.Equal((1, false), (summary.SegmentsAvailable, summary.Truncated));
    }

    [Fact]
    public async Task A_picture_has_no_tracks()
    {
        var error = await RefusedAsync(Create(), Picture(), Item(Modality.Image, MediaTrack.Frames));

        Assert.Equal(ErrorReasons.UnsupportedTrack, error.Reason);
    }

    [Fact]
    public async Task The_limit_of_pixels_comes_from_the_options()
    {
        using var services = new PreprocessingServices(("Sensorium:Media:Imaging:MaxPixels", "100"));

        var error = await RefusedAsync(VisionPreprocessing.Create(services.Provider, Config), Picture(), Item(Modality.Image));

        Assert.Equal(ErrorReasons.TooManyPixels, error.Reason);
    }

    [Fact]
    public async Task A_large_photo_is_nearly_the_same_whether_it_is_shrunk_while_it_is_decoded_or_not()
    {
        using var exact = new PreprocessingServices(("Sensorium:Media:Imaging:ShrinkOnLoad", "false"));
        var path = TestMedia.Make("photo.jpg", ["-f", "lavfi", "-i", "testsrc2=s=1600x1200", "-vf", "lutrgb=r=40+val/2:g=40+val/2:b=40+val/2,noise=alls=20", "-frames:v", "1", "-q:v", "3"]);

        var (full, _) = await PrepareAsync(VisionPreprocessing.Create(exact.Provider, Config), path, 1);
        var (shrunk, _) = await PrepareAsync(Create(), path, 1);

        // In levels of 255: planes here run from -1 to 1.
        var differences = full[0].Data.Zip(shrunk[0].Data, (a, b) => Math.Abs(a - b) * 127.5).ToArray();
        Assert.InRange(differences.Average(), 0.0001, 0.5);
        Assert.InRange(differences.Max(), 0, 8);
    }

    [Fact]
    public void Shrinking_is_part_of_the_digest()
    {
        using var exact = new PreprocessingServices(("Sensorium:Media:Imaging:ShrinkOnLoad", "false"));

        Assert.NotEqual(Create().Digest, VisionPreprocessing.Create(exact.Provider, Config).Digest);
    }

    [Fact]
    public void A_decoder_with_pixels_of_its_own_is_part_of_the_digest_and_the_reference_adds_nothing()
    {
        var processor = new PictureProcessor(Config);
        var expected = ParameterDigest.Of(new { Pictures = processor.Digest, ShrinkOnLoad = true, ShrinkMargin = 3 });

        Assert.Equal(expected, DigestWith(null));
        Assert.Equal(3, new[] { null, "One", "Other" }.Select(DigestWith).Distinct().Count());

        string DigestWith(string? variant) => new VisionPreprocessor(new Named(variant), processor, Options.Create(new ImagingOptions())).Digest;
    }

    public void Dispose() => _services.Dispose();

    private static PictureProcessorConfig Config => new() { Width = 32, Height = 32, Filter = ResampleFilter.Bicubic };

    private VisionPreprocessor Create() => (VisionPreprocessor)VisionPreprocessing.Create(_services.Provider, Config);

    private static string Picture() => TestMedia.Make("red.png", ["-f", "lavfi", "-i", "color=red:s=64x48", "-vf", "format=rgb24", "-frames:v", "1"]);

    private sealed class Named(string? variant) : IImageDecoder
    {
        public string? Variant => variant;

        public RgbImage Decode(IMediaContent content, ImageLimits limits, int minWidth, int minHeight, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
