using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>Reads media and a prompt behind them as one sequence, which a decoder then attends to. Safe to use from several threads.</summary>
internal sealed class PromptEncoder : IDisposable
{
    private const string Mask = "attention_mask";
    private const string States = "last_hidden_state";
    private const int VectorRank = 3;
    private const int MaskRank = 2;

    private readonly OnnxSession _session;
    private readonly TensorSpec _vectors;
    private readonly bool _masks;

    /// <summary>Throws <see cref="ModelPackException"/> if it is no such graph.</summary>
    /// <param name="session">Owned from here on.</param>
    public PromptEncoder(OnnxSession session)
    {
        _session = session;
        _vectors = session.RequireInput(TokenVectors.Output, VectorRank);
        session.RequireOutput(States, VectorRank);
        _masks = session.Inputs.ContainsKey(Mask);
        if (_masks)
        {
            session.RequireInput(Mask, MaskRank);
        }
    }

    public FeatureSequence Read(FeatureSequence media, IReadOnlyList<int> prompt, TokenVectors embed)
    {
        using var options = new RunOptions();
        var length = media.Tokens + prompt.Count;
        float[] words = prompt.Count > 0 ? embed.Read([.. prompt.Select(id => (long)id)], 1, options) : [];
        using var vectors = FloatTensors.Create([.. media.Data.Span, .. words], _vectors.Type, 1, length, media.Width);
        long[] ones = [.. Enumerable.Repeat(1L, length)];
        using var mask = OrtValue.CreateTensorValueFromMemory(ones, [1, length]);
        using var outputs = _masks
            ? _session.Session.Run(options, [_vectors.Name, Mask], [vectors, mask], [States])
            : _session.Session.Run(options, [_vectors.Name], [vectors], [States]);
        var shape = outputs[0].GetTensorTypeAndShape().Shape;
        var states = new float[shape[1] * shape[2]];
        FloatTensors.Read(outputs[0], 0, states);
        return new FeatureSequence((int)shape[1], (int)shape[2], states);
    }

    public void Dispose() => _session.Dispose();
}
