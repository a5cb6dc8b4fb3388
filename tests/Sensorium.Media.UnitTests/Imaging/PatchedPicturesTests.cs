using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class PatchedPicturesTests : IDisposable
{
    private const string Usual = """{"image_processor_type": "Qwen2VLImageProcessor"}""";
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("sensorium-patches").FullName, "preprocessor_config.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    // What the published formula gives, halves rounded to the even number.
    [Theory]
    [InlineData(640, 480, 34, 46)]
    [InlineData(4000, 3000, 60, 82)]
    [InlineData(10, 10, 4, 4)]
    [InlineData(70, 42, 4, 4)]
    [InlineData(42, 70, 4, 4)]
    [InlineData(200, 1, 2, 58)]
    [InlineData(98, 98, 8, 8)]
    [InlineData(300, 1500, 108, 22)]
    public void Pictures_keep_their_shape_within_the_limits_of_pixels(int width, int height, int rows, int columns)
    {
        Assert.Equal(new PatchGrid(rows, columns), Load(Usual).GridOf(width, height));
    }

    [Fact]
    public void A_picture_that_is_too_slender_is_refused()
    {
        var error = Assert.Throws<SensoriumException>(() => Load(Usual).GridOf(402, 2));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.TooManyPixels), (error.Code, error.Reason));
        Assert.Contains("402 x 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patches_lie_square_by_square_with_a_picture_in_each_frame()
    {
        var pictures = Load("""
            {"image_processor_type": "Qwen2VLImageProcessorFast", "patch_size": 1, "merge_size": 2, "temporal_patch_size": 2, "min_pixels": 1, "max_pixels": 100,
             "do_normalize": false, "rescale_factor": 1}
            """);
        using var image = Numbered(4, 2);
        var target = new float[8 * pictures.Width];
        pictures.Process(image, new PatchGrid(2, 4), 0, 2, target, TestContext.Current.CancellationToken);

        Assert.Equal([0, 1, 4, 5, 2, 3, 6, 7], target.Chunk(6).Select(patch => patch[0]));
        Assert.Equal([5, 5, 105, 105, 205, 205], target.Chunk(6).ElementAt(3));
    }

    [Fact]
    public void Frames_stand_behind_one_another_in_a_patch()
    {
        var pictures = Load("""
            {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": 1, "merge_size": 1, "temporal_patch_size": 2, "size": {"shortest_edge": 1, "longest_edge": 100},
             "do_normalize": false, "rescale_factor": 1}
            """);
        var target = new float[2 * 2 * pictures.Width];
        for (var frame = 0; frame < 4; frame++)
        {
            using var image = new RgbImage(2, 1);
            image.Pixels.Fill((byte)frame);
            pictures.Process(image, new PatchGrid(1, 2), frame, 1, target, TestContext.Current.CancellationToken);
        }

        Assert.Equal([0, 1, 0, 1, 0, 1], target.Chunk(6).First());
        Assert.Equal([2, 3, 2, 3, 2, 3], target.Chunk(6).Last());
    }

    [Theory]
    [InlineData("\"patch_size\": 0", "patch_size")]
    [InlineData("\"merge_size\": 100", "merge_size")]
    [InlineData("\"min_pixels\": 50, \"max_pixels\": 49", "min_pixels")]
    [InlineData("\"size\": {\"shortest_edge\": 1, \"longest_edge\": 1000000000}", "max_pixels")]
    [InlineData("\"do_resize\": false", "do_resize")]
    public void What_cannot_be_followed_is_named(string fields, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => Load($$"""{"image_processor_type": "Qwen2VLImageProcessor", {{fields}}}"""));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_kinds_cut_no_patches()
    {
        File.WriteAllText(_path, """{"image_processor_type": "ViTImageProcessor", "patch_size": {"height": 16, "width": 16}}""");

        Assert.Null(PatchedPictureConfig.Find(_path));
    }

    // Red counts on, green is 100 more, blue 200.
    private static RgbImage Numbered(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < width * height; i++)
        {
            (image.Pixels[i * 3], image.Pixels[(i * 3) + 1], image.Pixels[(i * 3) + 2]) = ((byte)i, (byte)(i + 100), (byte)(i + 200));
        }

        return image;
    }

    private PatchedPictures Load(string json)
    {
        File.WriteAllText(_path, json);
        return new PatchedPictures(PatchedPictureConfig.Find(_path)!);
    }
}
