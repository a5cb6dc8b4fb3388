using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.GoldenTests.Imaging;

/// <summary>Pictures come out as from the Pillow-based processors that models are trained with: to the last bit.</summary>
public sealed class PillowGoldenTests
{
    public static TheoryData<int> ResizedPictures => [.. Enumerable.Range(0, PillowReference.Instance.Resized.Count)];

    public static TheoryData<int> JpegPictures => [.. Enumerable.Range(0, PillowReference.Instance.Jpegs.Count)];

    [Theory]
    [MemberData(nameof(ResizedPictures))]
    public void Resizing_equals_Pillow_bit_for_bit(int index)
    {
        var expected = PillowReference.Instance.Resized[index];
        using var source = DrawnPicture.Draw(expected.Width, expected.Height);

        using var actual = SeparableResizer.Resize(source, expected.TargetWidth, expected.TargetHeight, (ResampleFilter)expected.Filter);

        Assert.True(expected.Sha256 == Hash(actual.Pixels), $"{expected} differs");
    }

    [Theory]
    [MemberData(nameof(JpegPictures))]
    public void Decoding_a_JPEG_equals_Pillow_bit_for_bit(int index)
    {
        var expected = PillowReference.Instance.Jpegs[index];

        using var actual = Decode(expected);

        Assert.True(expected.DecodedSha256 == Hash(actual.Pixels), $"{expected.Name} differs");
    }

    [Theory]
    [MemberData(nameof(JpegPictures))]
    public void The_tensor_of_a_JPEG_equals_the_reference_bit_for_bit(int index)
    {
        var expected = PillowReference.Instance.Jpegs[index];
        var processor = new PictureProcessor(new PictureProcessorConfig
        {
            Width = 32,
            Height = 32,
            Filter = ResampleFilter.Bicubic,
            Mean = [0.485f, 0.456f, 0.406f],
            Deviation = [0.229f, 0.224f, 0.225f],
        });
        var tensor = new float[processor.OutputLength];
        using var image = Decode(expected);

        processor.Process(image, tensor);

        Assert.True(expected.TensorSha256 == Hash(MemoryMarshal.AsBytes<float>(tensor)), $"{expected.Name} differs");
    }

    private static RgbImage Decode(JpegPicture picture) =>
        new ImageDecoder().Decode(new MemoryMediaContent(picture.Data), new ImageLimits(1_000_000, 1_000), 0, 0, TestContext.Current.CancellationToken);

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
