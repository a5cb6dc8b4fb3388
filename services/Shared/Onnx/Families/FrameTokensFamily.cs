using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Clips as the tokens that a picture encoder makes of their frames.</summary>
internal sealed class FrameTokensFamily : IEncoderFamily
{
    public bool Matches(EncoderPart part, OnnxSession session) => part.FrameEncoder is not null;

    public IEncoderModel Create(EncoderBuild build)
    {
        var pictures = build.Load(build.Part.FrameEncoder!);
        try
        {
            return new FrameModel(build.Graph, pictures, build.Identity, build.BatchLimit(pictures), build.Part.NumFrames);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }
}
