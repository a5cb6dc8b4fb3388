using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>Clips to a model of pictures: frames [frames, 3, height, width] are rows of pixel_values, and a clip's vector is the mean of its frames'.</summary>
internal sealed class ClipFrames : OnnxEncoderModel
{
    private readonly TensorSpec _picture;
    private readonly int[] _sampleShape;

    /// <param name="openSizes">[3, height, width] of the sample's frames, where the graph leaves them open.</param>
    public ClipFrames(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, int numFrames, int[] openSizes)
        : base(graph, identity, maxBatchSize)
    {
        _picture = graph.Session.RequireInput(EncoderInputs.Pixels, 4, TensorElementType.Float, TensorElementType.Float16);
        graph.RequireOnly(EncoderInputs.Pixels);
        _sampleShape = [numFrames, .. _picture.Dimensions.Skip(1).Select((size, axis) => size > 0 ? size : openSizes[axis])];
    }

    public override string ShapeKeyOf(ModelInput input)
    {
        var shape = (input as FloatInput)?.Shape ?? [];
        var frame = input is FloatInput floats && shape.Length > 1 && floats.Data.Length % shape[0] == 0
            ? new FloatInput(shape[1..], floats.Data[..(floats.Data.Length / shape[0])])
            : input;
        Shapes.Check(frame, _picture);
        return KeyOf(shape);
    }

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var shape = ((FloatInput)inputs[0]).Shape;
        var rows = inputs.Select(input => ((FloatInput)input).Data).ToArray();
        var tensor = InputTensor.OfFloats(_picture, rows, Shapes.WithBatch(inputs.Count * shape[0], shape[1..]));
        return new EncoderFeed([_picture.Name], [tensor], KeyOf(shape[1..])) { RowsPerInput = shape[0] };
    }

    protected override ModelInput Sample() => Shapes.Filled(_sampleShape);
}
