using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>
/// One graph from pixels to logits, with labels of the model's own, or to features: the pooled vector where the graph has one, else the
/// mean of its tokens. Clips are the means of their frames.
/// </summary>
internal sealed class PixelFamily : IEncoderFamily, IModelFamily
{
    private const string Graph = "model";
    private const string Logits = "logits";
    private const string Pooled = "pooler_output";
    private const int Rank = 4;

    /// <summary>Frames of one clip; those that are labelled are labelled one by one.</summary>
    private const int NumFrames = 8;

    private static readonly string[] ModelTypes =
    [
        "beit", "bit", "convnext", "convnextv2", "data2vec-vision", "deit", "dinov2", "dinov2_with_registers", "dinov3_convnext", "dinov3_vit",
        "efficientnet", "focalnet", "hiera", "ijepa", "levit", "mobilenet_v1", "mobilenet_v2", "mobilevit", "mobilevitv2", "poolformer", "pvt",
        "regnet", "resnet", "swin", "swinv2", "vit", "vit_msn",
    ];

    public string Name => "pixels";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model)
    {
        if (!ModelTypes.Contains(model.ModelType) || !model.HasGraph(Graph))
        {
            yield break;
        }

        var labels = model.HasHead("ForImageClassification");
        ModelTask? task = labels ? ModelTask.Classify : null;
        yield return new ExportedPart(Modality.Image, Graph, Embedding: null) { Task = task };
        yield return new ExportedPart(Modality.Video, Graph, Embedding: null) { Task = task, NumFrames = labels ? 1 : NumFrames };
    }

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public string EmbeddingOf(EncoderPart part, OnnxSession session) => session.Outputs switch
    {
        var outputs when outputs.ContainsKey(Logits) => Logits,
        var outputs when outputs.ContainsKey(Pooled) => Pooled,
        _ => EncoderGraph.TokensOutput,
    };

    public IEncoderModel Create(EncoderBuild build)
    {
        var (part, graph) = (build.Part, build.Graph);
        var labels = graph.Embedding.Name == Logits ? ClassLabels.Of(part, graph.EmbeddingWidth) : null;
        return part.NumFrames > 0
            ? new ClipFrames(graph, build.Identity, build.BatchLimit(), part.NumFrames, PictureSize.Of(part)) { Labels = labels }
            : new FloatModel(graph, build.Identity, build.BatchLimit(), graph.Session.RequireInput(EncoderInputs.Pixels, Rank), PictureSize.Of(part)) { Labels = labels };
    }
}
