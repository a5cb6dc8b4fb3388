using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>CLAP as it is exported: a text half and a sound half of one space. Longer sounds are windows one after the other, and none is chosen at random.</summary>
internal sealed class ClapFamily : IEncoderFamily, IModelFamily
{
    private const string TextGraph = "text_model";
    private const string SoundGraph = "audio_model";
    private const string LogScale = "logit_scale_a";
    private const int SoundRank = 4;
    private const int UsualPositions = 514;

    /// <summary>Positions that the text half's kind of model does not give to tokens.</summary>
    private const int UnusedPositions = 2;

    // Of the sound that warms the model up, where the graph leaves sizes open.
    private static readonly int[] Sample = [1, 1001, 64];

    public string Name => "clap";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model)
    {
        if (model.ModelType != Name)
        {
            yield break;
        }

        if (model.HasGraph(TextGraph))
        {
            var positions = model.FindInt("text_config", "max_position_embeddings") ?? UsualPositions;
            yield return new ExportedPart(Modality.Text, TextGraph, "text_embeds", positions - UnusedPositions);
        }

        if (model.HasGraph(SoundGraph))
        {
            yield return new ExportedPart(Modality.Audio, SoundGraph, "audio_embeds");
        }
    }

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build)
    {
        var similarity = TrainedScale.Of(build.Part, LogScale);
        return build.Part.Graph == TextGraph
            ? new TextModel(build.Graph, build.Identity, build.BatchLimit(), build.Part.MaxTokens) { Similarity = similarity }
            : new FloatModel(build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Mel, SoundRank), Sample)
            {
                Similarity = similarity,
            };
    }
}
