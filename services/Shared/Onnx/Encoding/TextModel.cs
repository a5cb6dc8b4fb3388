using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Encoding;

namespace Sensorium.Onnx.Encoding;

/// <summary>input_ids and, where the graph has them, attention_mask and token_type_ids: [batch, tokens].</summary>
internal sealed class TextModel : OnnxEncoderModel
{
    // A text's padding depends on its own length alone, so that its company does not change what the model sees.
    private const int LengthStep = 8;

    private readonly int _maxTokens;
    private readonly bool _hasMask;
    private readonly bool _hasTypes;

    public TextModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, int maxTokens)
        : base(graph, identity, maxBatchSize)
    {
        graph.Session.RequireInput(EncoderInputs.Ids, 2, TensorElementType.Int64);
        _hasMask = Has(graph, EncoderInputs.Mask);
        _hasTypes = Has(graph, EncoderInputs.Types);
        graph.RequireOnly(EncoderInputs.Ids, EncoderInputs.Mask, EncoderInputs.Types);
        _maxTokens = maxTokens;
    }

    public override string ShapeKeyOf(ModelInput input) => KeyOf([PaddedLength(input)]);

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        long[][] rows = [.. inputs.Select(input => ((TokenInput)input).Ids)];
        var length = inputs.Max(PaddedLength);
        List<string> names = [EncoderInputs.Ids];
        List<InputTensor> tensors = [InputTensor.OfTokens(rows, length)];
        if (_hasMask)
        {
            names.Add(EncoderInputs.Mask);
            tensors.Add(InputTensor.MaskOf(rows, length));
        }

        if (_hasTypes)
        {
            names.Add(EncoderInputs.Types);
            tensors.Add(InputTensor.OfTokens([.. inputs.Select(input => ((TokenInput)input).TypeIds ?? [])], length));
        }

        return new EncoderFeed([.. names], [.. tensors], KeyOf([length]));
    }

    protected override ModelInput Sample() => new TokenInput([1, 2]);

    private static bool Has(EncoderGraph graph, string input) =>
        graph.Session.Inputs.ContainsKey(input) && graph.Session.RequireInput(input, 2, TensorElementType.Int64) is not null;

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
