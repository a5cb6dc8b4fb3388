using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// A clip encoder that reads the tokens of its frames: frames [frames, 3, height, width] of all clips pass through the
/// picture encoder as one batch, and its last_hidden_state becomes frame_hidden_states [batch, frames, tokens, width].
/// </summary>
internal sealed class FrameModel : OnnxEncoderModel
{
    public const string Frames = "frame_hidden_states";

    private readonly EncoderGraph _pictures;
    private readonly TensorSpec _picture;
    private readonly TensorSpec _frames;
    private readonly int _numFrames;

    public FrameModel(EncoderGraph graph, EncoderGraph pictures, ModelIdentity identity, int maxBatchSize, int numFrames)
        : base(graph, identity, maxBatchSize)
    {
        _frames = graph.Session.RequireInput(Frames, 4);
        _picture = pictures.Session.RequireInput(EncoderInputs.Pixels, 4);
        graph.RequireOnly(Frames);
        pictures.RequireOnly(EncoderInputs.Pixels);
        (_pictures, _numFrames) = (pictures, numFrames);
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

    public override void Dispose()
    {
        _pictures.Dispose();
        base.Dispose();
    }

    protected override EncoderFeed Feed(IReadOnlyList<ModelInput> inputs)
    {
        var shape = ((FloatInput)inputs[0]).Shape;
        var frames = inputs.Count * shape[0];
        var pictures = InputTensor.OfFloats(_picture, [.. inputs.Select(input => ((FloatInput)input).Data)], Shapes.WithBatch(frames, shape[1..]));
        var tensors = new InputTensor[1];
        return new EncoderFeed([Frames], tensors, KeyOf(shape), RunPictures)
        {
            Also = pictures,
        };

        void RunPictures()
        {
            var tokens = _pictures.Run([_picture.Name], [pictures.Value], frames, KeyOf(shape[1..]), [_pictures.Tokens!])[0];
            using (tokens)
            {
                tensors[0] = InputTensor.OfFloats(
                    _frames, [tokens.Read()], [inputs.Count, shape[0], tokens.Shape[1], tokens.Shape[2]]);
            }
        }
    }

    protected override ModelInput Sample() =>
        Shapes.Filled([Math.Max(_numFrames, 1), .. _picture.Dimensions.Skip(1).Select(size => size > 0 ? size : 1)]);
}
