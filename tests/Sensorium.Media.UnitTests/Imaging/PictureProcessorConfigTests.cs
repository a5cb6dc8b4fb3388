using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class PictureProcessorConfigTests
{
    [Fact]
    public void A_vit_config_squashes()
    {
        var config = Load("""{"size": {"height": 128, "width": 96}, "resample": 3, "image_mean": [0.1, 0.2, 0.3], "image_std": [1, 2, 3], "rescale_factor": 0.5}""");

        Assert.Equal((96, 128, ResampleFilter.Bicubic, 0.5), (config.OutputWidth, config.OutputHeight, config.Filter, config.RescaleFactor));
        Assert.Equal([0.1f, 0.2f, 0.3f], config.Mean);
    }

    [Fact]
    public void A_clip_config_scales_and_crops()
    {
        var config = Load("""{"size": {"shortest_edge": 224}, "do_center_crop": true, "crop_size": {"height": 224, "width": 224}, "resample": 3}""");

        Assert.Equal((224, 224, 224), (config.ShortestEdge, config.OutputWidth, config.OutputHeight));
    }

    [Fact]
    public void Steps_can_be_switched_off()
    {
        var config = Load("""{"size": 32, "do_rescale": false, "do_normalize": false}""");

        Assert.Equal(1.0, config.RescaleFactor);
        Assert.Equal([0f, 0f, 0f], config.Mean);
        Assert.Equal([1f, 1f, 1f], config.Deviation);
    }

    [Theory]
    [InlineData("ViTImageProcessor", 0, 64, 64)]
    [InlineData("ViTFeatureExtractor", 0, 64, 64)]
    [InlineData("CLIPFeatureExtractor", 64, 224, 224)]
    [InlineData("CLIPImageProcessorFast", 64, 224, 224)]
    [InlineData("ConvNextFeatureExtractor", 73, 64, 64)]
    public void A_size_of_one_number_means_what_its_kind_says(string kind, int edge, int width, int height)
    {
        var config = Load($$"""{"image_processor_type": "{{kind}}", "size": 64}""");

        Assert.Equal((edge, width, height), (config.ShortestEdge, config.OutputWidth, config.OutputHeight));
    }

    [Theory]
    [InlineData("""{"image_processor_type": "Idefics3ImageProcessor", "size": 32}""", "Idefics3ImageProcessor")]
    [InlineData("""{"image_processor_type": "ConvNextImageProcessor", "crop_pct": 0}""", "crop_pct")]
    [InlineData("""{"size": {"longest_edge": 64}}""", "pad_size")]
    [InlineData("""{"size": {"longest_edge": 64}, "do_pad": true, "pad_size": 32}""", "pad_size")]
    [InlineData("""{"size": {"height": -1, "width": 3}}""", "size")]
    [InlineData("""{"size": "large"}""", "size")]
    [InlineData("""{"size": {"height": 1.5, "width": 3}}""", "cannot be used")]
    [InlineData("""{"size": {"shortest_edge": 224}}""", "size")]
    [InlineData("""{"size": 32, "resample": 9}""", "resample")]
    [InlineData("""{"size": 32, "image_mean": [1, 2]}""", "image_mean")]
    [InlineData("""{"size": 32, "image_std": [1, 2, 0]}""", "image_std")]
    [InlineData("""{"size": {"shortest_edge": 2, "longest_edge": 3}}""", "size")]
    [InlineData("not json", "cannot be used")]
    public void What_cannot_be_followed_is_refused_by_name(string json, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => Load(json));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static PictureProcessorConfig Load(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        try
        {
            return PictureProcessorConfig.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
