using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>CLIP as it is exported: a text half and a picture half of one space, each a graph of its own.</summary>
internal sealed class ClipFamily : IEncoderFamily, IModelFamily
{
    private const string TextGraph = "text_model";
    private const string PictureGraph = "vision_model";
    private const int PictureRank = 4;

    public string Name => "clip";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model)
    {
        if (model.ModelType != Name)
        {
            yield break;
        }

        if (model.HasGraph(TextGraph))
        {
            yield return new ExportedPart(Modality.Text, TextGraph, "text_embeds", model.GetInt("text_config", "max_position_embeddings"));
        }

        if (model.HasGraph(PictureGraph))
        {
            yield return new ExportedPart(Modality.Image, PictureGraph, "image_embeds");
        }
    }

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => build.Part.Graph == TextGraph
        ? new TextModel(build.Graph, build.Identity, build.BatchLimit(), build.Part.MaxTokens)
        : new FloatModel(
            build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, PictureRank), PictureSize.Of(build.Part));
}
