using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Pictures, [batch, 3, height, width], to one vector each.</summary>
internal sealed class PictureFamily : IEncoderFamily
{
    private const int Rank = 4;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Modality == Modality.Image;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, Rank), []);
}
