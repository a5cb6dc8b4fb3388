using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Causal;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>LLaVA and its kin: questions about pictures, each of which is read as one square of fixed size, and about clips, of which some frames are read.</summary>
internal sealed class LlavaFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string PictureGraph = "vision_encoder";
    private const string EmbedGraph = "embed_tokens";
    private const string StepGraph = "decoder_model_merged";
    private const string ConfigFile = "config.json";
    private const int PictureRank = 4;

    private static readonly string[] ModelTypes = ["llava", "llava_qwen2"];
    private static readonly PictureMarks Marks = new("<image>");

    public string Name => "llava";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(PictureGraph)
        ?
        [
            new ExportedPart(Modality.Image, PictureGraph, EncoderGraph.PictureTokensOutput),
            new ExportedPart(Modality.Video, PictureGraph, EncoderGraph.PictureTokensOutput) { NumFrames = 1 },
        ]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(StepGraph) && model.HasGraph(EmbedGraph)
        ? new ExportedDecoder(ModelTask.Generate, Modality.Image, FirstGraph: null, StepGraph, model.GetFirstInt(["text_config", "max_position_embeddings"], ["max_position_embeddings"]))
        {
            Conversation = new Conversation(EmbedGraph) { Pictures = Marks },
        }
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => build.Part.NumFrames > 0
        ? new ClipFrames(build.Graph, build.Identity, build.BatchLimit(), build.Part.NumFrames, PictureSize.Of(build.Part))
        : new FloatModel(
            build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, PictureRank), PictureSize.Of(build.Part));

    // Newer files name it by its id, older ones by its index.
    public IDecoderBackend Create(DecoderBuild build) => CausalExport.Create(
        build, PartConfig.Number(build.Part, ConfigFile, "image_token_index") ?? PartConfig.GetNumber(build.Part, ConfigFile, "image_token_id"));
}
