using Sensorium.Core.Encoding;

namespace Sensorium.Onnx.Encoding;

/// <summary>input_ids and, where the graph has it, attention_mask: [batch, tokens].</summary>
internal sealed class TextModel : OnnxEncoderModel
{
    // A text's padding depends on its own length alone, so that its company does not change what the model sees.
    private const int LengthStep = 8;

    private readonly int _maxTokens;
    private readonly bool _hasMask;

    public TextModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, int maxTokens)
        : base(graph, identity, maxBatchSize)
    {
        graph.Session.RequireInput(EncoderInputs.Ids, 2);
        _hasMask = graph.Session.Inputs.ContainsKey(EncoderInputs.Mask);
        graph.RequireOnly(EncoderInputs.Ids, EncoderInputs.Mask);
        _maxTokens = maxTokens;
    }

    public override string ShapeKeyOf(ModelInput input) => KeyOf([PaddedLength(input)]);

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        long[][] rows = [.. inputs.Select(input => ((TokenInput)input).Ids)];
        var length = inputs.Max(PaddedLength);
        return _hasMask
            ? new EncoderFeed([EncoderInputs.Ids, EncoderInputs.Mask], [InputTensor.OfTokens(rows, length), InputTensor.MaskOf(rows, length)], KeyOf([length]))
            : new EncoderFeed([EncoderInputs.Ids], [InputTensor.OfTokens(rows, length)], KeyOf([length]));
    }

    protected override ModelInput Sample() => new TokenInput([1, 2]);

    private int PaddedLength(ModelInput input)
    {
        if (input is not TokenInput { Ids.Length: > 0 } text)
        {
            throw new ArgumentException($"The text model reads tokens, but got {input.GetType().Name} without any.");
        }

        if (_maxTokens > 0 && text.Ids.Length > _maxTokens)
        {
            throw new ArgumentException($"The text model reads at most {_maxTokens} tokens, but got {text.Ids.Length}.");
        }

        var padded = (text.Ids.Length + LengthStep - 1) / LengthStep * LengthStep;
        return _maxTokens > 0 ? Math.Min(padded, _maxTokens) : padded;
    }
}
