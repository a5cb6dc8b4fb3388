using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class PictureProcessorTests
{
    [Fact]
    public void Planes_are_rescaled_and_normalised()
    {
        var processor = new PictureProcessor(Square(2) with { Mean = [0.5f, 0, 0], Deviation = [0.25f, 1, 2] });
        using var image = Flat(2, 2, 255, 51, 0);
        var planes = new float[processor.OutputLength];

        processor.Process(image, planes);

        Assert.All(planes[..4], value => Assert.Equal(2f, value, 1e-6f));
        Assert.All(planes[4..8], value => Assert.Equal(0.2f, value, 1e-6f));
        Assert.All(planes[8..], value => Assert.Equal(0f, value));
    }

    [Fact]
    public void The_shorter_side_is_scaled_and_the_middle_cropped()
    {
        var processor = new PictureProcessor(new PictureProcessorConfig { ShortestEdge = 4, CropWidth = 4, CropHeight = 4, Filter = ResampleFilter.Box, Mean = [0, 0, 0], Deviation = [1, 1, 1] });

        // 12 x 4: only the middle third is white.
        using var image = Flat(12, 4, 0, 0, 0);
        for (var y = 0; y < 4; y++)
        {
            image.Pixels.Slice(((y * 12) + 4) * 3, 12).Fill(255);
        }

        var planes = new float[processor.OutputLength];

        processor.Process(image, planes);

        Assert.All(planes, value => Assert.Equal(1f, value, 1e-6f));
    }

    [Fact]
    public void A_picture_smaller_than_the_crop_is_surrounded_by_black()
    {
        var processor = new PictureProcessor(new PictureProcessorConfig { DoResize = false, CropWidth = 4, CropHeight = 4, Mean = [0, 0, 0], Deviation = [1, 1, 1] });
        using var image = Flat(2, 2, 255, 255, 255);
        var planes = new float[processor.OutputLength];

        processor.Process(image, planes);

        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0], planes[..16]);
    }

    [Fact]
    public void The_digest_names_every_parameter()
    {
        var config = Square(8);
        PictureProcessorConfig[] variants =
        [
            config, config with { Width = 9 }, config with { Filter = ResampleFilter.Lanczos }, config with { Mean = [0, 0, 0.1f] },
            config with { Deviation = [1, 1, 0.9f] }, config with { RescaleFactor = 1 }, config with { CropWidth = 8, CropHeight = 8 },
        ];

        Assert.Equal(variants.Length, variants.Select(variant => new PictureProcessor(variant).Digest).Distinct().Count());
        Assert.Equal(new PictureProcessor(config).Digest, new PictureProcessor(config with { }).Digest);
    }

    private static PictureProcessorConfig Square(int side) => new() { Width = side, Height = side };

    private static RgbImage Flat(int width, int height, byte red, byte green, byte blue)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i += 3)
        {
            (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (red, green, blue);
        }

        return image;
    }
}
