using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class TiledPicturesTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("sensorium-tiles").FullName, "preprocessor_config.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory]
    [InlineData(100, 100, 2, 2)]
    [InlineData(100, 40, 1, 2)]
    [InlineData(40, 100, 2, 1)]
    [InlineData(1000, 1, 1, 2)]
    [InlineData(1, 1000, 2, 1)]
    [InlineData(3, 2, 2, 2)]
    public void Pictures_are_scaled_to_whole_squares(int width, int height, int rows, int columns)
    {
        var tiles = Load("""{"image_processor_type": "Idefics3ImageProcessor", "size": {"longest_edge": 64}, "max_image_size": {"longest_edge": 32}}""");
        using var image = new RgbImage(width, height);
        using var scaled = tiles.Scale(image, TestContext.Current.CancellationToken);

        Assert.Equal((rows, columns), tiles.GridOf(scaled));
        Assert.Equal((columns * 32, rows * 32), (scaled.Width, scaled.Height));
    }

    [Fact]
    public void A_picture_of_one_square_is_not_cut()
    {
        var tiles = Load("""{"image_processor_type": "SmolVLMImageProcessor", "size": {"longest_edge": 32}, "max_image_size": {"longest_edge": 32}}""");
        using var image = new RgbImage(32, 20);
        using var scaled = tiles.Scale(image, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), tiles.GridOf(scaled));
    }

    [Fact]
    public void Squares_are_those_of_their_places()
    {
        var tiles = Load("""{"image_processor_type": "Idefics3ImageProcessor", "size": {"longest_edge": 4}, "max_image_size": {"longest_edge": 2}, "do_normalize": false, "rescale_factor": 1}""");
        using var image = new RgbImage(4, 2);
        for (var i = 0; i < 8; i++)
        {
            image.Pixels[i * 3] = (byte)i;
        }

        var target = new float[tiles.OutputLength];
        tiles.ProcessTile(image, 0, 1, target, TestContext.Current.CancellationToken);

        Assert.Equal([2, 3, 6, 7], target[..4]);
    }

    [Theory]
    [InlineData("""{"image_processor_type": "Idefics3ImageProcessor", "max_image_size": {"longest_edge": 100000}}""", "max_image_size")]
    [InlineData("""{"image_processor_type": "Idefics3ImageProcessor", "resample": 77}""", "resample")]
    public void What_cannot_be_followed_is_named(string json, string field)
    {
        Assert.Contains(field, Assert.Throws<InvalidDataException>(() => Load(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_kinds_cut_nothing()
    {
        File.WriteAllText(_path, """{"image_processor_type": "ViTImageProcessor"}""");

        Assert.Null(TiledPictureConfig.Find(_path));
    }

    private TiledPictures Load(string json)
    {
        File.WriteAllText(_path, json);
        return new TiledPictures(TiledPictureConfig.Find(_path)!);
    }
}
