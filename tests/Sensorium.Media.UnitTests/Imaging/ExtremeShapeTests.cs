using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class ExtremeShapeTests
{
    private static readonly ImagingOptions Defaults = new();

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(1, 64_000_000)]
    [InlineData(4_600_000, 1)]
    public void A_side_that_is_too_long_is_refused_by_the_header(uint width, uint height)
    {
        var error = Assert.Throws<SensoriumException>(() => Decoding.Decode(PngFile.Bomb(width, height)));

        Assert.Equal((ErrorReasons.TooManyPixels, ErrorCode.InvalidArgument), (error.Reason, error.Code));
        Assert.Equal("65535", error.Metadata["max_side"]);
    }

    [Theory]
    [InlineData(1, 65_535)]
    [InlineData(65_535, 1)]
    public void The_longest_side_is_read_in_little_memory_also_where_the_shorter_one_is_scaled(int width, int height)
    {
        var processor = new PictureProcessor(new PictureProcessorConfig { ShortestEdge = 224, CropWidth = 224, CropHeight = 224, Mean = [0, 0, 0], Deviation = [1, 1, 1] });
        var planes = new float[processor.OutputLength];
        using var image = Decoding.Decode(TestPictures.Png(width, height));
        var before = GC.GetAllocatedBytesForCurrentThread();

        processor.Process(image, planes, CancellationToken.None);

        Assert.All(planes, value => Assert.Equal(128 / 255f, value, 1e-6f));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void Resizing_ends_when_nobody_waits_for_it()
    {
        using var image = new RgbImage(64, 64);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => SeparableResizer.Resize(image, 32, 32, ResampleFilter.Bicubic, cancelled.Token));
    }

    [Fact]
    public void Kernels_of_many_sizes_are_bounded_in_bytes()
    {
        var cache = new ResampleKernelCache(1_000_000);
        for (var side = 1_000; side < 1_200; side++)
        {
            cache.Get(side, AxisPart.Whole(224), ResampleFilter.Bicubic);
            Assert.InRange(cache.Bytes, 1, 1_000_000);
        }

        cache.Get(60_000, AxisPart.Whole(224), ResampleFilter.Bicubic);
        Assert.InRange(cache.Bytes, 1, 1_000_000);
    }

    [Fact]
    public void A_part_of_a_resized_picture_equals_that_part_of_the_whole()
    {
        using var source = new RgbImage(300, 200);
        new Random(3).NextBytes(source.Pixels);
        using var whole = SeparableResizer.Resize(source, 90, 60, ResampleFilter.Bicubic);

        using var part = SeparableResizer.Resize(
            source, new AxisPart(90, 20, 31), new AxisPart(60, 11, 40), ResampleFilter.Bicubic, CancellationToken.None);

        for (var y = 0; y < 40; y++)
        {
            Assert.True(whole.Pixels.Slice((((y + 11) * 90) + 20) * 3, 93).SequenceEqual(part.Pixels.Slice(y * 93, 93)), $"row {y}");
        }
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(long.MaxValue, 10, 1)]
    [InlineData(10, int.MaxValue, 1)]
    [InlineData(10, 10, 0)]
    [InlineData(10, 10, -1)]
    public void Limits_that_cannot_be_kept_are_refused(long pixels, int side, long bytesAtOnce) => Assert.True(new ImagingOptionsValidator()
        .Validate(null, new ImagingOptions { MaxPixels = pixels, MaxSide = side, MaxBytesAtOnce = bytesAtOnce }).Failed);

    [Fact]
    public void No_size_is_not_too_many_pixels()
    {
        var error = Assert.Throws<SensoriumException>(() => Defaults.Limits.Check(0, 0));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
    }
}
