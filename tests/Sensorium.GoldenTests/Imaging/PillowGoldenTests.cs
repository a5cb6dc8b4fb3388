using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.GoldenTests.Imaging;

/// <summary>Pictures come out as from the Pillow-based processors that models are trained with: to the last bit, but for decoding with a library that computes otherwise.</summary>
public sealed class PillowGoldenTests
{
    public static TheoryData<int> ResizedPictures => [.. Enumerable.Range(0, PillowReference.Instance.Resized.Count)];

    public static TheoryData<int> ProcessedPictures => [.. Enumerable.Range(0, PillowReference.Instance.Processed.Count)];

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
    [MemberData(nameof(ProcessedPictures))]
    public void Every_kind_of_processor_equals_its_reference_bit_for_bit(int index)
    {
        var expected = PillowReference.Instance.Processed[index];
        var path = Path.GetTempFileName();
        File.WriteAllText(path, expected.Config.GetRawText());
        var processor = new PictureProcessor(PictureProcessorConfig.Load(path));
        File.Delete(path);
        using var source = DrawnPicture.Draw(expected.Width, expected.Height);
        var tensor = new float[processor.OutputLength];

        processor.Process(source, tensor, TestContext.Current.CancellationToken);

        Assert.True(expected.Sha256 == Hash(MemoryMarshal.AsBytes<float>(tensor)), $"{expected.Name} of {expected.Width} x {expected.Height} differs");
    }

    [Theory]
    [MemberData(nameof(JpegPictures))]
    public void Decoding_a_JPEG_equals_Pillow_as_far_as_the_library_can(int index)
    {
        var picture = PillowReference.Instance.Jpegs[index];
        var expected = picture.Decoded();

        using var actual = new ImageDecoder(new DecodingBudget(long.MaxValue)).Decode(
            new MemoryMediaContent(picture.Data), new ImageLimits(1_000_000, 1_000), 0, 0, TestContext.Current.CancellationToken);

        Assert.Equal((JpegPicture.Width, JpegPicture.Height), (actual.Width, actual.Height));
        var differences = actual.Pixels.ToArray().Zip(expected, (one, other) => Math.Abs(one - other)).ToArray();
        var measured = $"{picture.Name} differs by {differences.Average():F3} of 255 on average, by {differences.Max()} at worst";
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        var (mean, largest) = JpegTolerance.Of(picture.Name);
        Assert.True(differences.Average() <= mean && differences.Max() <= largest, measured);
    }

    [Theory]
    [MemberData(nameof(JpegPictures))]
    public void The_tensor_of_a_decoded_JPEG_equals_the_reference_bit_for_bit(int index)
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
        using var image = new RgbImage(JpegPicture.Width, JpegPicture.Height);
        expected.Decoded().CopyTo(image.Pixels);

        processor.Process(image, tensor);

        Assert.True(expected.TensorSha256 == Hash(MemoryMarshal.AsBytes<float>(tensor)), $"{expected.Name} differs");
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
