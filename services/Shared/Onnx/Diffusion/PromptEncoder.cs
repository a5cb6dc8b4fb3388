using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>Tokens to what the denoiser attends to.</summary>
internal sealed class PromptEncoder : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";

    private readonly DiffusionGraph _graph;
    private readonly TensorSpec _ids;
    private readonly TensorSpec? _mask;
    private readonly TensorSpec _output;

    public PromptEncoder(OnnxSession session)
    {
        _graph = new DiffusionGraph(session);
        _graph.RequireOnly(Ids, Mask);
        _ids = session.RequireInput(Ids, 2, TensorElementType.Int32, TensorElementType.Int64);
        _mask = session.Inputs.GetValueOrDefault(Mask);
        _output = _graph.Output("last_hidden_state", 3);
    }

    public float[] Read(IReadOnlyList<int> tokens)
    {
        long[] shape = [1, tokens.Count];
        var inputs = new Dictionary<string, OrtValue> { [Ids] = DiffusionGraph.Numbers(_ids, [.. tokens.Select(token => (double)token)], shape) };
        if (_mask is not null)
        {
            inputs.Add(Mask, DiffusionGraph.Numbers(_mask, [.. tokens.Select(_ => 1.0)], shape));
        }

        return _graph.Run(inputs, _output).Values;
    }

    public void Dispose() => _graph.Dispose();
}
