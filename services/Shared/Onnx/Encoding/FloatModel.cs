using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>One tensor of numbers: pixel_values [batch, 3, height, width] or [batch, frames, 3, height, width], input_features [batch, mels, frames].</summary>
internal sealed class FloatModel : OnnxEncoderModel
{
    private readonly TensorSpec _input;
    private readonly int[] _sampleShape;

    /// <param name="openSizes">The shape of the sample where the graph leaves sizes open, without the batch.</param>
    public FloatModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, TensorSpec input, int[] openSizes)
        : base(graph, identity, maxBatchSize)
    {
        graph.RequireOnly(input.Name);
        _input = input;
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
        return new EncoderFeed([_input.Name], [tensor], KeyOf(shape));
    }

    protected override ModelInput Sample() => Shapes.Filled(_sampleShape);
}
