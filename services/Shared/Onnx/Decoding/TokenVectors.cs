using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

/// <summary>The graph that makes vectors of tokens, for graphs that read vectors.</summary>
internal sealed class TokenVectors : IDisposable
{
    public const string Ids = "input_ids";
    public const string Output = "inputs_embeds";

    private readonly OnnxSession _session;

    /// <summary>Throws <see cref="ModelPackException"/> if it is no such graph.</summary>
    /// <param name="session">Owned from here on.</param>
    public TokenVectors(OnnxSession session)
    {
        _session = session;
        session.RequireInput(Ids, 2);
        Width = session.RequireOutput(Output, 3).Dimensions[2];
        if (Width <= 0)
        {
            throw new ModelPackException(session.File.Path, [$"the graph leaves open how wide {Output} are"]);
        }
    }

    /// <summary>Of a vector.</summary>
    public int Width { get; }

    /// <param name="ids">[rows, tokens].</param>
    /// <returns>[rows, tokens, width].</returns>
    public float[] Read(long[] ids, int rows, RunOptions options)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(ids, [rows, ids.Length / rows]);
        using var outputs = _session.Session.Run(options, [Ids], [input], [Output]);
        var vectors = new float[ids.Length * Width];
        FloatTensors.Read(outputs[0], 0, vectors);
        return vectors;
    }

    public void Dispose() => _session.Dispose();
}
