using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// A picture encoder that reads pictures in groups: pixel_values [groups, pictures, 3, height, width], with a mask of the pixels that count.
/// Each input is one picture, and all of a batch are one group.
/// </summary>
internal sealed class TileModel : OnnxEncoderModel
{
    private const string Mask = "pixel_attention_mask";
    private const int PixelRank = 5;

    private readonly TensorSpec _pixels;
    private readonly TensorSpec _picture;
    private readonly bool _hasMask;
    private readonly int _side;

    /// <param name="side">Of a picture, where the graph leaves it open.</param>
    public TileModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, int side)
        : base(graph, identity, maxBatchSize)
    {
        _pixels = graph.Session.RequireInput(EncoderInputs.Pixels, PixelRank);
        _picture = _pixels with { Dimensions = [.. _pixels.Dimensions.Skip(1)] };
        _hasMask = graph.Session.Inputs.ContainsKey(Mask);
        graph.RequireOnly(EncoderInputs.Pixels, Mask);
        _side = side;
    }

    public override string ShapeKeyOf(ModelInput input) => KeyOf(Shapes.Check(input, _picture));

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var shape = ((FloatInput)inputs[0]).Shape;
        long[] group = [1, .. Shapes.WithBatch(inputs.Count, shape)];
        var pixels = InputTensor.OfFloats(_pixels, [.. inputs.Select(input => ((FloatInput)input).Data)], group);
        return _hasMask
            ? new EncoderFeed([_pixels.Name, Mask], [pixels, InputTensor.OfTrue([1, inputs.Count, shape[1], shape[2]])], KeyOf(shape))
            : new EncoderFeed([_pixels.Name], [pixels], KeyOf(shape));
    }

    protected override ModelInput Sample() => Shapes.Filled(
        [.. _picture.Dimensions.Skip(1).Select((size, axis) => size > 0 ? size : axis == 0 ? 3 : _side)]);
}
