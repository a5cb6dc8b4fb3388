using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// A picture encoder that reads patches, pixel_values [patches, width], of pictures of any size, and how they lie, [pictures, 3]. It gives one
/// token for each square of neighbours. An input is [frames, rows, columns, width], its patches square by square.
/// </summary>
internal sealed class PatchModel : OnnxEncoderModel
{
    private const int PixelRank = 2;
    private const int GridAxes = 3;
    private const int InputRank = 4;

    // As exports of different years name it.
    private static readonly string[] GridNames = ["image_grid_thw", "grid_thw"];

    private readonly TensorSpec _pixels;
    private readonly string _grid;
    private readonly int _width;
    private readonly int _merge;

    /// <param name="width">Numbers of a patch.</param>
    /// <param name="merge">Patches along a side of the square that one token stands for.</param>
    public PatchModel(EncoderGraph graph, ModelIdentity identity, int width, int merge)
        : base(graph, identity, maxBatchSize: 1)
    {
        _pixels = graph.Session.RequireInput(EncoderInputs.Pixels, PixelRank);
        _grid = Array.Find(GridNames, graph.Session.Inputs.ContainsKey) ?? GridNames[0];
        graph.Session.RequireInput(_grid, PixelRank);
        graph.RequireOnly(EncoderInputs.Pixels, _grid);
        if (_pixels.Dimensions[1] > 0 && _pixels.Dimensions[1] != width)
        {
            throw new ModelPackException(graph.Session.File.Path, [$"tensor {_pixels} holds other patches than preprocessor_config.json makes, of {width} numbers"]);
        }

        (_width, _merge) = (width, merge);
    }

    public override string ShapeKeyOf(ModelInput input)
    {
        var shape = (input as FloatInput)?.Shape ?? [];
        return shape.Length == InputRank && shape[3] == _width && shape[1] % _merge == 0 && shape[2] % _merge == 0
            ? KeyOf(shape)
            : throw new ArgumentException($"The model reads [frames, rows, columns, {_width}] in squares of {_merge} by {_merge}, but got [{string.Join(", ", shape)}].");
    }

    // One picture a run: graphs of these exports need not keep several apart.
    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var input = (FloatInput)inputs[0];
        var shape = input.Shape;
        return new EncoderFeed(
            [_pixels.Name, _grid],
            [
                InputTensor.OfFloats(_pixels, [input.Data], [shape[0] * shape[1] * shape[2], _width]),
                InputTensor.OfTokens([[shape[0], shape[1], shape[2]]], GridAxes),
            ],
            KeyOf(shape));
    }

    protected override IReadOnlyList<TokenGrid> GridsOf(ModelInput input)
    {
        var shape = ((FloatInput)input).Shape;
        return [new TokenGrid(shape[0], shape[1] / _merge, shape[2] / _merge)];
    }

    protected override ModelInput Sample() => Shapes.Filled([1, 2 * _merge, 2 * _merge, _width]);
}
