using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Windows of log-mel features, [batch, mels, frames], to one vector each.</summary>
internal sealed class SoundFamily : IEncoderFamily
{
    private const int Rank = 3;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Modality == Modality.Audio;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Mel, Rank), []);
}
