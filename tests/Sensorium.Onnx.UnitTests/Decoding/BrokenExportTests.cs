using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

/// <summary>What is wrong with the decoder of an export is said when it is loaded, with its name.</summary>
public sealed class BrokenExportTests
{
    private const string Merged = "decoder_model_merged.onnx";

    [Fact]
    public void A_graph_that_is_cut_off() => Assert.Contains("refuses the graph", Refusal(folder => Cut(Path.Combine(folder, Merged))), StringComparison.Ordinal);

    [Fact]
    public void Weights_that_are_cut_off() =>
        Assert.Matches(
            $"its weights reach to byte [0-9]+ of '{Merged}_data', which has [0-9]+ bytes", Refusal(folder => Cut(Path.Combine(folder, $"{Merged}_data"))));

    [Fact]
    public void Weights_that_are_missing() =>
        Assert.Contains(
            $"its weights are in '{Merged}_data', which is not beside it", Refusal(folder => File.Delete(Path.Combine(folder, $"{Merged}_data"))), StringComparison.Ordinal);

    [Fact]
    public void A_graph_without_a_cache() =>
        Assert.Contains("past_key_values", Refusal(folder => File.Copy(Path.Combine(folder, "encoder_model.onnx"), Path.Combine(folder, Merged), overwrite: true)), StringComparison.Ordinal);

    [Fact]
    public void A_graph_that_asks_for_what_nothing_fills()
    {
        var reason = Refusal(folder => File.Copy(Path.Combine(folder, "decoder_model_serving.onnx"), Path.Combine(folder, Merged), overwrite: true));

        Assert.Contains("past_lengths", reason, StringComparison.Ordinal);
        Assert.Contains("present.0.encoder.key", reason, StringComparison.Ordinal);
    }

    private static string Refusal(Action<string> change) => Assert.Throws<ModelPackException>(() => BundledExport.CreateDecoder(change)).Message;

    private static void Cut(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(file.Length / 2);
    }
}
