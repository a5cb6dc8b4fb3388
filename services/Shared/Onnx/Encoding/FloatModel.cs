using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// One tensor of numbers: pixel_values [batch, 3, height, width] or [batch, frames, 3, height, width], input_features [batch, mels, frames],
/// input_values [batch, samples]. Rows of a batch have one shape, so that a mask, where the graph asks for one, is all ones.
/// </summary>
internal sealed class FloatModel : OnnxEncoderModel
{
    private const int MaskRank = 2;

    private readonly TensorSpec _input;
    private readonly int[] _sampleShape;
    private readonly bool _masks;

    /// <param name="openSizes">The shape of the sample where the graph leaves sizes open, without the batch.</param>
    public FloatModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, TensorSpec input, int[] openSizes)
        : base(graph, identity, maxBatchSize)
    {
        _masks = input.Rank == MaskRank && graph.Session.Inputs.ContainsKey(EncoderInputs.Mask);
        graph.RequireOnly([input.Name, .. _masks ? [EncoderInputs.Mask] : (string[])[]]);
        _input = graph.Session.RequireInput(input.Name, input.Rank, TensorElementType.Float, TensorElementType.Float16);
        _sampleShape = [.. input.Dimensions.Skip(1).Select((size, axis) => size > 0 ? size : axis < openSizes.Length ? openSizes[axis] : 1)];
    }

    public override string ShapeKeyOf(ModelInput input)
    {
        var shape = Shapes.Check(input, _input);
        return KeyOf(shape);
    }

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var shape = ((FloatInput)inputs[0]).Shape;
        var tensor = InputTensor.OfFloats(_input, [.. inputs.Select(input => ((FloatInput)input).Data)], Shapes.WithBatch(inputs.Count, shape));
        return _masks
            ? new EncoderFeed([_input.Name, EncoderInputs.Mask], [tensor, InputTensor.Ones(inputs.Count, shape[0])], KeyOf(shape))
            : new EncoderFeed([_input.Name], [tensor], KeyOf(shape));
    }

    protected override ModelInput Sample() => Shapes.Filled(_sampleShape);
}
