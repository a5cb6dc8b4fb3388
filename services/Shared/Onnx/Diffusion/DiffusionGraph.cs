using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>One graph of a model that makes pictures, fed by what it declares.</summary>
/// <param name="session">Owned from here on.</param>
internal sealed class DiffusionGraph(OnnxSession session) : IDisposable
{
    private readonly RunOptions _run = new();

    public OnnxSession Session => session;

    /// <summary>Throws if the graph has inputs that nobody fills.</summary>
    public void RequireOnly(params string[] names)
    {
        var unknown = session.Inputs.Values.Where(spec => !names.Contains(spec.Name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new ModelPackException(session.File.Path, [$"the graph asks for {string.Join("; ", unknown)}, which nobody makes"]);
        }
    }

    /// <summary>The output of this name, or the first of this rank: exporters name it differently.</summary>
    public TensorSpec Output(string name, int rank) =>
        session.Outputs.TryGetValue(name, out var named) && named.Rank == rank
            ? named
            : session.Outputs.Values.FirstOrDefault(spec => spec.Rank == rank) ?? session.RequireOutput(name, rank);

    /// <summary>Rows of equal length, in the graph's number type.</summary>
    public static OrtValue Join(TensorSpec spec, IReadOnlyList<ReadOnlyMemory<float>> rows, params long[] shape)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type, shape);
        for (var i = 0; i < rows.Count; i++)
        {
            FloatTensors.Write(rows[i].Span, value, i * rows[i].Length);
        }

        return value;
    }

    /// <summary>Numbers that are whole in some graphs and not in others.</summary>
    public static OrtValue Numbers(TensorSpec spec, IReadOnlyList<double> numbers, params long[] shape)
    {
        switch (spec.Type)
        {
            case TensorElementType.Int64:
                return OrtValue.CreateTensorValueFromMemory([.. numbers.Select(number => (long)Math.Round(number))], shape);
            case TensorElementType.Int32:
                return OrtValue.CreateTensorValueFromMemory([.. numbers.Select(number => (int)Math.Round(number))], shape);
            case TensorElementType.Double:
                return OrtValue.CreateTensorValueFromMemory([.. numbers], shape);
            default:
                return FloatTensors.Create([.. numbers.Select(number => (float)number)], spec.Type, shape);
        }
    }

    /// <summary>What the graph writes to one output, and the shape of it. Inputs are disposed.</summary>
    public (float[] Values, long[] Shape) Run(IReadOnlyDictionary<string, OrtValue> inputs, TensorSpec output)
    {
        try
        {
            using var outputs = session.Session.Run(_run, [.. inputs.Keys], [.. inputs.Values], [output.Name]);
            var info = outputs[0].GetTensorTypeAndShape();
            var values = new float[checked((int)info.ElementCount)];
            FloatTensors.Read(outputs[0], 0, values);
            return (values, info.Shape);
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        session.Dispose();
    }
}
