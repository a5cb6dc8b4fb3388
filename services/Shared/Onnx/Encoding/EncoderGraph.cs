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

    /// <summary>The same, as sentence-transformers exports name it.</summary>
    public const string OtherTokensOutput = "token_embeddings";

    private const int TokensRank = 3;
    private const int JoinedRank = 2;
    private const int MostShapes = 1024;

    /// <summary>The same, as exports name it whose decoders read them.</summary>
    public const string PictureTokensOutput = "image_features";

    private const string EmbeddingSuffix = "_embeds";

    private readonly OnnxSession _session;
    private readonly RunOptions _usual = new();
    private readonly RunOptions _shrinking = new();
    private readonly ConcurrentDictionary<string, int> _tokensByShape = new();
    private RunOptions _run;

    /// <param name="session">Owned from here on.</param>
    /// <param name="embeddingOutput">Null means the one that ends in "_embeds".</param>
    /// <param name="pools">That output holds the tokens, whose mean is the vector.</param>
    /// <param name="needsTokens">The graph is of no use without them.</param>
    public EncoderGraph(OnnxSession session, string? embeddingOutput, bool pools, bool needsTokens)
    {
        _session = session;
        _run = _usual;
        _shrinking.AddRunConfigEntry(OnnxSession.ShrinkAfterRun, session.Arena);
        Tokens = pools ? RequireTokens(session, embeddingOutput!)
            : needsTokens || HasTokens(session) ? session.RequireOutput(TokensOutput, 3) : null;
        Embedding = pools ? Tokens! : session.RequireOutput(embeddingOutput ?? OnlyEmbedding(session), 2);
        foreach (var spec in session.Inputs.Values.Append(Tokens ?? Embedding).Append(Embedding))
        {
            if (spec.Type is not (TensorElementType.Float or TensorElementType.Float16 or TensorElementType.Int64 or TensorElementType.Bool))
            {
                throw new ModelPackException(session.File.Path, [$"tensor {spec} is of a type that encoders do not use"]);
            }
        }

        EmbeddingWidth = Embedding.Dimensions[^1];
        FeatureWidth = (Tokens ?? Embedding).Dimensions[^1];
    }

    /// <summary>How tokens become the vector, where that is what <see cref="Embedding"/> is.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Vectors stay as long as the graph makes them; else they are brought to length 1.</summary>
    public bool KeepsLength { get; init; }

    /// <summary>[batch, width]; <see cref="Tokens"/> where they are pooled.</summary>
    public TensorSpec Embedding { get; }

    /// <summary>Not positive before the first run of a graph that leaves it open.</summary>
    public int EmbeddingWidth { get; private set; }

    public int FeatureWidth { get; private set; }

    /// <summary>[batch, tokens, width], or the tokens of all rows as [tokens, width]; null where the vector, as it comes, is the only token.</summary>
    public TensorSpec? Tokens { get; }

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
        _session.Watch?.Invoke(names, values);
        if (TokensOf(shapeKey) is not { } tokens)
        {
            return RunFirst(names, values, rows, shapeKey, wanted);
        }

        OutputTensor[] outputs = [.. wanted.Select(spec => new OutputTensor(spec, ShapeOf(spec, rows, tokens)))];
        try
        {
            _session.Session.Run(_run, names, values, [.. wanted.Select(spec => spec.Name)], [.. outputs.Select(output => output.Value!)]);
            return outputs;
        }
        catch
        {
            Array.ForEach(outputs, output => output.Dispose());
            throw;
        }
    }

    /// <summary>Gives back what the arena holds and the runs within do not need.</summary>
    /// <param name="run">Runs never overlap.</param>
    public void Shrink(Action run)
    {
        _run = _shrinking;
        try
        {
            run();
        }
        finally
        {
            _run = _usual;
        }
    }

    public void Dispose()
    {
        _usual.Dispose();
        _shrinking.Dispose();
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

    private static TensorSpec RequireTokens(OnnxSession session, string name) =>
        session.RequireOutput(name, session.Outputs.TryGetValue(name, out var spec) && spec.Rank == JoinedRank ? JoinedRank : TokensRank);

    private static bool HasTokens(OnnxSession session) => session.Outputs.TryGetValue(TokensOutput, out var tokens) && tokens.Rank == 3;

    private long[] ShapeOf(TensorSpec spec, int rows, int tokens) =>
        spec != Tokens ? [rows, EmbeddingWidth] : spec.Rank == JoinedRank ? [rows * tokens, FeatureWidth] : [rows, tokens, FeatureWidth];

    // How many tokens a row of this shape has; null if that, or a width, is not known yet.
    private int? TokensOf(string shapeKey) => (EmbeddingWidth > 0 && FeatureWidth > 0, Tokens) switch
    {
        (false, _) => null,
        (_, null) => 1,
        (_, { Rank: TokensRank } tokens) when tokens.Dimensions[1] > 0 => tokens.Dimensions[1],
        _ => _tokensByShape.TryGetValue(shapeKey, out var known) ? known : null,
    };

    // Into memory of the runtime's, which tells the sizes that the graph leaves open.
    private OutputTensor[] RunFirst(
        IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, int rows, string shapeKey, IReadOnlyList<TensorSpec> wanted)
    {
        var last = Tokens ?? Embedding;
        string[] asked = [.. wanted.Append(Embedding).Append(last).Select(spec => spec.Name).Distinct()];
        using var outputs = _session.Session.Run(_run, names, values, asked);
        EmbeddingWidth = checked((int)Shape(Embedding)[^1]);
        FeatureWidth = checked((int)Shape(last)[^1]);
        if (Tokens is not null)
        {
            Remember(shapeKey, checked((int)(Tokens.Rank == JoinedRank ? Shape(last)[0] / rows : Shape(last)[1])));
        }

        return [.. wanted.Select(spec => OutputTensor.CopyOf(Value(spec)))];

        OrtValue Value(TensorSpec spec) => outputs[Array.IndexOf(asked, spec.Name)];

        long[] Shape(TensorSpec spec) => Value(spec).GetTensorTypeAndShape().Shape;
    }

    // Sounds come in any length: what is learned of them must not grow without end.
    private void Remember(string shapeKey, int tokens)
    {
        if (_tokensByShape.Count >= MostShapes)
        {
            _tokensByShape.Clear();
        }

        _tokensByShape[shapeKey] = tokens;
    }
}
