using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// A picture encoder that reads pictures in groups: pixel_values [groups, pictures, 3, height, width], with a mask of the pixels that count.
/// Each input is one picture, or the frames of one clip, and all of a batch are one group.
/// </summary>
internal sealed class TileModel : OnnxEncoderModel
{
    private const string Mask = "pixel_attention_mask";
    private const int PixelRank = 5;

    private readonly TensorSpec _pixels;
    private readonly TensorSpec _picture;
    private readonly bool _hasMask;
    private readonly int _side;

    private readonly int _numFrames;

    /// <param name="numFrames">Of a clip; 0 if an input is a picture.</param>
    /// <param name="side">Of a picture, where the graph leaves it open.</param>
    public TileModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize, int numFrames, int side)
        : base(graph, identity, maxBatchSize)
    {
        _pixels = graph.Session.RequireInput(EncoderInputs.Pixels, PixelRank);
        _picture = _pixels with { Dimensions = [.. _pixels.Dimensions.Skip(1)] };
        _hasMask = graph.Session.Inputs.ContainsKey(Mask);
        graph.RequireOnly(EncoderInputs.Pixels, Mask);
        (_numFrames, _side) = (numFrames, side);
    }

    public override string ShapeKeyOf(ModelInput input)
    {
        var shape = (input as FloatInput)?.Shape ?? [];
        var picture = _numFrames > 0 && input is FloatInput clip && shape.Length > 1 && clip.Data.Length % shape[0] == 0
            ? new FloatInput(shape[1..], clip.Data[..(clip.Data.Length / shape[0])])
            : input;
        Shapes.Check(picture, _picture);
        return KeyOf(shape);
    }

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var shape = ((FloatInput)inputs[0]).Shape;
        var (frames, picture) = _numFrames > 0 ? (shape[0], shape[1..]) : (1, shape);
        var count = inputs.Count * frames;
        var pixels = InputTensor.OfFloats(_pixels, [.. inputs.Select(input => ((FloatInput)input).Data)], [1, .. Shapes.WithBatch(count, picture)]);
        return _hasMask
            ? new EncoderFeed([_pixels.Name, Mask], [pixels, InputTensor.OfTrue([1, count, picture[1], picture[2]])], KeyOf(picture)) { RowsPerInput = frames }
            : new EncoderFeed([_pixels.Name], [pixels], KeyOf(picture)) { RowsPerInput = frames };
    }

    protected override ModelInput Sample() => Shapes.Filled(
    [
        .. _numFrames > 0 ? [_numFrames] : Array.Empty<int>(),
        .. _picture.Dimensions.Skip(1).Select((size, axis) => size > 0 ? size : axis == 0 ? 3 : _side),
    ]);
}
