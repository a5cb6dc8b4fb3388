using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>One encoder graph: runs it into memory of our own, whose size is learned from the first run of each shape.</summary>
internal sealed class EncoderGraph : IDisposable
{
    /// <summary>Named as the output of the vector, it stands for the mean of its tokens.</summary>
    public const string TokensOutput = "last_hidden_state";

    private const string EmbeddingSuffix = "_embeds";

    private readonly OnnxSession _session;
    private readonly RunOptions _run = new();
    private readonly ConcurrentDictionary<string, int> _tokensByShape = new();

    public EncoderGraph(OnnxSession session, string? embeddingOutput)
    {
        _session = session;
        Tokens = session.RequireOutput(TokensOutput, 3);
        Embedding = embeddingOutput == TokensOutput ? Tokens : session.RequireOutput(embeddingOutput ?? OnlyEmbedding(session), 2);
        foreach (var spec in session.Inputs.Values.Append(Tokens).Append(Embedding))
        {
            if (spec.Type is not (TensorElementType.Float or TensorElementType.Float16 or TensorElementType.Int64))
            {
                throw new ModelPackException(session.File.Path, [$"tensor {spec} is of a type that encoders do not use"]);
            }
        }
    }

    /// <summary>[batch, width]; <see cref="Tokens"/> where their mean is the vector.</summary>
    public TensorSpec Embedding { get; }

    public int EmbeddingWidth => Embedding.Dimensions[^1];

    /// <summary>[batch, tokens, width].</summary>
    public TensorSpec Tokens { get; }

    public OnnxSession Session => _session;

    /// <summary>Throws if the graph has inputs that nobody fills.</summary>
    public void RequireOnly(params string[] names)
    {
        var unknown = _session.Inputs.Values.Where(spec => !names.Contains(spec.Name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new ModelPackException(_session.File.Path, [$"the graph asks for {string.Join("; ", unknown)}, which no preprocessing makes"]);
        }
    }

    /// <param name="shapeKey">Names the shape of one row; rows of an equal key have equally many tokens.</param>
    /// <param name="wanted">Which of <see cref="Embedding"/> and <see cref="Tokens"/> to write.</param>
    public OutputTensor[] Run(
        IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, int rows, string shapeKey, IReadOnlyList<TensorSpec> wanted)
    {
        if (!_tokensByShape.TryGetValue(shapeKey, out var tokens))
        {
            tokens = LearnTokens(names, values);
            _tokensByShape[shapeKey] = tokens;
        }

        OutputTensor[] outputs = [.. wanted.Select(spec => new OutputTensor(spec, ShapeOf(spec, rows, tokens)))];
        try
        {
            _session.Session.Run(_run, names, values, [.. wanted.Select(spec => spec.Name)], [.. outputs.Select(output => output.Value)]);
            return outputs;
        }
        catch
        {
            Array.ForEach(outputs, output => output.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static string OnlyEmbedding(OnnxSession session)
    {
        var names = session.Outputs.Keys.Where(name => name.EndsWith(EmbeddingSuffix, StringComparison.Ordinal)).ToArray();
        return names.Length == 1
            ? names[0]
            : throw new ModelPackException(
                session.File.Path,
                [$"'embedding' is not set in pack.json, and {names.Length} outputs end in '{EmbeddingSuffix}': {string.Join("; ", session.Outputs.Values)}"]);
    }

    private long[] ShapeOf(TensorSpec spec, int rows, int tokens) => spec != Tokens
        ? [rows, Embedding.Dimensions[1]]
        : [rows, tokens, Tokens.Dimensions[2]];

    private int LearnTokens(IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values)
    {
        if (Tokens.Dimensions[1] > 0)
        {
            return Tokens.Dimensions[1];
        }

        using var outputs = _session.Session.Run(_run, names, values, [Tokens.Name]);
        return checked((int)outputs[0].GetTensorTypeAndShape().Shape[1]);
    }
}
