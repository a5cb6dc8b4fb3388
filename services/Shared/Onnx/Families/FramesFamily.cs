using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Clips as their frames, [batch, frames, 3, height, width], to one vector each.</summary>
internal sealed class FramesFamily : IEncoderFamily
{
    private const int Rank = 5;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Modality == Modality.Video;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, Rank), [build.Part.NumFrames]);
}
