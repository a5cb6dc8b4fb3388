using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>
/// Florence-2: a picture and a prompt, which may name a task as "&lt;OD&gt;", are read together, and the answer is words, and places within the
/// picture.
/// </summary>
internal sealed class FlorenceFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string PictureGraph = "vision_encoder";
    private const string EmbedGraph = "embed_tokens";
    private const string PromptGraph = "encoder_model";
    private const int PictureRank = 4;

    private static readonly string[] ModelTypes = ["florence2"];

    public string Name => "florence";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(PictureGraph)
        ? [new ExportedPart(Modality.Image, PictureGraph, EncoderGraph.PictureTokensOutput)]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) =>
        ModelTypes.Contains(model.ModelType) && GrowingExport.Find(model) is { } graphs && model.HasGraph(EmbedGraph) && model.HasGraph(PromptGraph)
            ? new ExportedDecoder(ModelTask.Generate, Modality.Image, graphs.First, graphs.Step, model.GetInt("text_config", "max_position_embeddings"))
            {
                Prompt = new PromptGraphs(EmbedGraph, PromptGraph),
            }
            : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, PictureRank), PictureSize.Of(build.Part));

    public IDecoderBackend Create(DecoderBuild build) => GrowingExport.Create(build);
}
