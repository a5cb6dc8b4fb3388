using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Quantization;
using Sensorium.Quantization.Graphs;

namespace Sensorium.Onnx.Quantizing;

/// <summary>Makes a graph's variant of eight bits, and measures what it loses.</summary>
public static class GraphQuantizer
{
    private const string Folded = "folded.onnx";
    private const string Observed = "observed.onnx";
    private const string Made = "made.onnx";

    /// <summary>What is large or new is never half there: the file comes into its place when it is whole.</summary>
    /// <param name="file">A graph of single precision.</param>
    /// <param name="runs">What it is run on; static scales need some.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="leastCosine">Least mean cosine of any output to single precision; what is below is not written.</param>
    public static QuantizedGraph Quantize(ModelFile file, QuantizationMethod method, IReadOnlyList<IReadOnlyList<Tensor>> runs, string target, double leastCosine)
    {
        var result = new QuantizedGraph(file.Graph, method, target) { Runs = runs.Count, BytesBefore = BytesOf(file) };
        var work = Directory.CreateTempSubdirectory("sensorium-quantize-").FullName;
        try
        {
            return Make(file, runs, result, work) is var made && made.Problem is null ? Check(file, runs, made, work, leastCosine) : made;
        }
        catch (Exception error) when (error is QuantizationException or OnnxRuntimeException)
        {
            return result with { Problem = error.Message };
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static QuantizedGraph Make(ModelFile file, IReadOnlyList<IReadOnlyList<Tensor>> runs, QuantizedGraph result, string work)
    {
        var (folded, made) = (Path.Combine(work, Folded), Path.Combine(work, Made));
        if (result.Method == QuantizationMethod.Static && runs.Count == 0)
        {
            return result with { Problem = "no medium reached it, and static scales are found on media" };
        }

        GraphRuns.Fold(file.Path, folded);
        var count = result.Method == QuantizationMethod.Static
            ? GraphRewriting.ToEightBits(folded, GraphCalibration.RangesOf(folded, Path.Combine(work, Observed), runs), made)
            : GraphRewriting.WeightsToEightBits(folded, made);
        if (count == 0)
        {
            return result with { Problem = "it has no weights that could be brought to eight bits" };
        }

        result = result with { Products = count, BytesAfter = new FileInfo(made).Length };
        return result.Method == QuantizationMethod.Static || result.BytesAfter < result.BytesBefore
            ? result
            : result with { Problem = $"it would have {result.BytesAfter} bytes, and the graph has {result.BytesBefore}: its weights are in other operators" };
    }

    private static QuantizedGraph Check(ModelFile file, IReadOnlyList<IReadOnlyList<Tensor>> runs, QuantizedGraph result, string work, double leastCosine)
    {
        var made = Path.Combine(work, Made);
        var losses = GraphLoss.Between(file.Path, made, runs);
        result = result with { Losses = losses };
        if (losses.FirstOrDefault(loss => !(loss.Mean >= leastCosine)) is { } worst)
        {
            return result with { Problem = $"the mean cosine of '{worst.Output}' to single precision is {worst.Mean:F4}, below {leastCosine}" };
        }

        Directory.CreateDirectory(Path.GetDirectoryName(result.Target)!);
        var partial = $"{result.Target}.partial";
        File.Copy(made, partial, overwrite: true);
        File.Move(partial, result.Target, overwrite: true);
        return result;
    }

    private static long BytesOf(ModelFile file) => file.ExternalData.Append(file.Path).Sum(path => new FileInfo(path).Length);
}

/// <summary>What came of one graph.</summary>
/// <param name="Target">The file that holds it.</param>
public sealed record QuantizedGraph(string Graph, QuantizationMethod Method, string Target)
{
    /// <summary>Why it has not been written; null if it has.</summary>
    public string? Problem { get; init; }

    /// <summary>Runs on media that it was made and measured with.</summary>
    public int Runs { get; init; }

    /// <summary>Products, or weights, of eight bits.</summary>
    public int Products { get; init; }

    public long BytesBefore { get; init; }

    public long BytesAfter { get; init; }

    /// <summary>Of each output; none where no medium reached the graph.</summary>
    public IReadOnlyList<OutputLoss> Losses { get; init; } = [];
}
