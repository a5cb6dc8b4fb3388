using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Token ids with a mask to one vector of the joint space.</summary>
internal sealed class TextFamily : IEncoderFamily
{
    public bool Matches(EncoderPart part, OnnxSession session) => part.Modality == Modality.Text;

    public IEncoderModel Create(EncoderBuild build) => new TextModel(build.Graph, build.Identity, build.BatchLimit(), build.Part.MaxTokens);
}
