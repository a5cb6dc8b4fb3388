using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>A loaded graph, with its inputs and outputs as they really are.</summary>
public sealed class OnnxSession : IDisposable
{
    /// <summary>Names the arenas that ONNX Runtime shrinks at the end of a run.</summary>
    internal const string ShrinkAfterRun = "memory.enable_memory_arena_shrinkage";

    internal OnnxSession(InferenceSession session, ModelFile file, OnnxDevice device, bool isBatchInvariant, bool countsLengths)
    {
        Session = session;
        File = file;
        Device = device.ToString();
        IsOnCpu = device.IsCpu;
        Arena = device.CudaIndex is { } index ? $"gpu:{index}" : "cpu:0";
        IsBatchInvariant = isBatchInvariant;
        CountsLengths = countsLengths;
        Inputs = Specs(session.InputNames, session.InputMetadata);
        Outputs = Specs(session.OutputNames, session.OutputMetadata);
    }

    public InferenceSession Session { get; }

    public ModelFile File { get; }

    /// <summary>Where it runs: "cpu" or "cuda:N", after any fallback.</summary>
    public string Device { get; }

    internal bool IsOnCpu { get; }

    /// <summary>Where its activations are, as ONNX Runtime names it: one arena of the process for the CPU, one of its own on an accelerator.</summary>
    internal string Arena { get; }

    /// <summary>
    /// False if the graph quantises its activations while it runs, with one scale for the whole batch: then a row's result
    /// depends on the other rows (onnxruntime#10111), and equal results need runs of one row.
    /// </summary>
    public bool IsBatchInvariant { get; }

    /// <summary>
    /// True if attention takes from the mask only how many tokens there are, and expects them at the beginning: then rows of unequal lengths
    /// cannot be filled up on the left.
    /// </summary>
    public bool CountsLengths { get; }

    /// <summary>Is told what the graph is run on; null where nobody asks.</summary>
    internal Action<IReadOnlyCollection<string>, IReadOnlyCollection<OrtValue>>? Watch { get; init; }

    public IReadOnlyDictionary<string, TensorSpec> Inputs { get; }

    public IReadOnlyDictionary<string, TensorSpec> Outputs { get; }

    /// <summary>An input of this name and rank, of any number type or one of these. Throws <see cref="ModelPackException"/> that says what the graph has instead.</summary>
    public TensorSpec RequireInput(string name, int rank, params TensorElementType[] types) => Require(Inputs, "input", name, rank, types);

    /// <summary>An output of this name and rank, of any number type or one of these. Throws <see cref="ModelPackException"/> that says what the graph has instead.</summary>
    public TensorSpec RequireOutput(string name, int rank, params TensorElementType[] types) => Require(Outputs, "output", name, rank, types);

    public void Dispose() => Session.Dispose();

    private Dictionary<string, TensorSpec> Specs(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        names.FirstOrDefault(name => !metadata[name].IsTensor) is { } other
            ? throw new ModelPackException(File.Path, [$"'{other}' is a {metadata[other].OnnxValueType}; only tensors go in and out"])
            : names.ToDictionary(name => name, name => new TensorSpec(name, metadata[name].ElementDataType, metadata[name].Dimensions));

    private TensorSpec Require(IReadOnlyDictionary<string, TensorSpec> specs, string kind, string name, int rank, TensorElementType[] types)
    {
        if (!specs.TryGetValue(name, out var spec) || spec.Rank != rank)
        {
            var wanted = $"the graph has no {kind} '{name}' of rank {rank}; its {kind}s are {string.Join("; ", specs.Values)}";
            throw new ModelPackException(File.Path, [wanted]) { MissingTensors = [name] };
        }

        return types.Length == 0 || types.Contains(spec.Type)
            ? spec
            : throw new ModelPackException(File.Path, [$"{kind} {spec} should be of type {string.Join(" or ", types)}"]);
    }
}
