using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>
/// CLIP and its kin as they are exported: a text half and a picture half of one space, each a graph of its own. Clips are the means
/// of their frames. The graph of both halves is not run; it holds what similarities were trained to be scaled with.
/// </summary>
internal sealed class ClipFamily : IEncoderFamily, IModelFamily
{
    private const string TextGraph = "text_model";
    private const string PictureGraph = "vision_model";
    private const string LogScale = "logit_scale";
    private const int PictureRank = 4;

    /// <summary>Frames of one clip.</summary>
    private const int NumFrames = 8;

    private static readonly Kind[] Kinds =
    [
        new("clip", "text_embeds", "image_embeds", 77, PadsTexts: false),
        new("siglip", "pooler_output", "pooler_output", 64, PadsTexts: true),
    ];

    public string Name => "clip";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model)
    {
        if (Array.Find(Kinds, kind => kind.ModelType == model.ModelType) is not { } kind)
        {
            yield break;
        }

        if (model.HasGraph(TextGraph))
        {
            var tokens = model.FindInt("text_config", "max_position_embeddings") ?? kind.UsualTokens;
            yield return new ExportedPart(Modality.Text, TextGraph, kind.TextVector, tokens) { PadsTexts = kind.PadsTexts };
        }

        if (model.HasGraph(PictureGraph))
        {
            yield return new ExportedPart(Modality.Image, PictureGraph, kind.PictureVector);
            yield return new ExportedPart(Modality.Video, PictureGraph, kind.PictureVector) { NumFrames = NumFrames };
        }
    }

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build)
    {
        var similarity = TrainedScale.Of(build.Part, LogScale);
        return build.Part switch
        {
            { MaxTokens: > 0 } => new TextModel(build.Graph, build.Identity, build.BatchLimit(), build.Part.MaxTokens) { Similarity = similarity },
            { NumFrames: > 0 } => new ClipFrames(build.Graph, build.Identity, build.BatchLimit(), build.Part.NumFrames, PictureSize.Of(build.Part)) { Similarity = similarity },
            _ => new FloatModel(
                build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, PictureRank), PictureSize.Of(build.Part))
            {
                Similarity = similarity,
            },
        };
    }

    /// <param name="UsualTokens">Of one text, where config.json does not say.</param>
    /// <param name="PadsTexts">The model was trained on texts that are filled up, without a mask.</param>
    private sealed record Kind(string ModelType, string TextVector, string PictureVector, int UsualTokens, bool PadsTexts);
}
