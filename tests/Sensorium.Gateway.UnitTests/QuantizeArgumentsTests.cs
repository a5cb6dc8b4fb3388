using Sensorium.Gateway.Quantizing;
using Sensorium.Onnx.Quantizing;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class QuantizeArgumentsTests
{
    [Fact]
    public void Names_and_values_come_in_turn()
    {
        var read = QuantizeArguments.Parse("model", ["--calibrate", "a", "--method", "weights", "--calibrate", "b", "--least-cosine", "0.5", "--out", "/elsewhere"]);

        Assert.Equal("model", read.Folder);
        Assert.Equal(["a", "b"], read.Media);
        Assert.Equal([QuantizationMethod.Weights], read.Methods);
        Assert.Equal((0.5, "/elsewhere"), (read.LeastCosine, read.Target));
    }

    [Fact]
    public void Without_a_method_all_are_meant_and_without_a_folder_the_models_own()
    {
        var read = QuantizeArguments.Parse("model", []);

        Assert.Equal([QuantizationMethod.Static, QuantizationMethod.Weights], read.Methods);
        Assert.Equal(("", 0.98), (read.Target, read.LeastCosine));
        Assert.Empty(read.Media);
    }

    [Theory]
    [InlineData("'--speed' is not known", "--speed", "9")]
    [InlineData("'--calibrate' has no value", "--calibrate")]
    [InlineData("--method is 'magic', but must be one of static, weights", "--method", "magic")]
    [InlineData("--least-cosine is 'much', but must be a number", "--least-cosine", "much")]
    public void What_cannot_be_is_named(string problem, params string[] arguments) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => QuantizeArguments.Parse("model", arguments)).Message);

    [Fact]
    public void Folders_are_read_file_by_file_and_texts_line_by_line()
    {
        var folder = Directory.CreateTempSubdirectory("media").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "deeper"));
        File.WriteAllBytes(Path.Combine(folder, "deeper", "a.jpg"), [1, 2]);
        File.WriteAllLines(Path.Combine(folder, "words.txt"), ["a dog", " ", "a cat"]);

        var media = CalibrationMedia.Read([folder]).ToArray();

        Directory.Delete(folder, recursive: true);
        Assert.Equal(["a.jpg", "words.txt", "words.txt"], media.Select(medium => Path.GetFileName(medium.Field)));
        Assert.All(media, medium => Assert.Null(medium.Error));
        Assert.Contains("/nowhere", Assert.Throws<FileNotFoundException>(() => CalibrationMedia.Read(["/nowhere"]).ToArray()).Message);
    }
}
