using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Causal;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>
/// Qwen2-VL, Qwen2.5-VL and Qwen3-VL: questions about pictures of any size, read as patches, and about clips. Vectors stand where they lie in
/// time, height and width.
/// </summary>
internal sealed class QwenVisionFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string PictureGraph = "vision_encoder";
    private const string EmbedGraph = "embed_tokens";
    private const string StepGraph = "decoder_model_merged";
    private const string ConfigFile = "config.json";
    private const string ProcessorFile = "preprocessor_config.json";
    private const string OtherProcessorFile = "processor_config.json";
    private const string OtherProcessorName = "image_processor";
    private const string SideName = "patch_size";
    private const string FramesName = "temporal_patch_size";
    private const string MergeName = "merge_size";
    private const string ModelTypeOfSeparateFrames = "qwen3_vl";
    private const int Channels = 3;
    private const int UsualSide = 14;
    private const int UsualFrames = 2;
    private const int UsualMerge = 2;

    private static readonly string[] ModelTypes = ["qwen2_vl", "qwen2_5_vl", "qwen3_vl"];

    public string Name => "qwen-vision";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(PictureGraph)
        ?
        [
            new ExportedPart(Modality.Image, PictureGraph, EncoderGraph.PictureTokensOutput),
            new ExportedPart(Modality.Video, PictureGraph, EncoderGraph.PictureTokensOutput) { NumFrames = FramesOf(model) },
        ]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(StepGraph) && model.HasGraph(EmbedGraph)
        ? new ExportedDecoder(ModelTask.Generate, Modality.Image, FirstGraph: null, StepGraph, model.GetFirstInt(["text_config", "max_position_embeddings"], ["max_position_embeddings"]))
        {
            Conversation = new Conversation(EmbedGraph)
            {
                Pictures = new PictureMarks("<|image_pad|>") { JoinsFrames = model.ModelType != ModelTypeOfSeparateFrames },
            },
        }
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build)
    {
        var (side, frames) = (Number(SideName) ?? UsualSide, Number(FramesName) ?? UsualFrames);
        return new PatchModel(build.Graph, build.Identity, Channels * frames * side * side, Number(MergeName) ?? UsualMerge);

        int? Number(string name) =>
            PartConfig.Number(build.Part, ProcessorFile, name) ?? PartConfig.Number(build.Part, OtherProcessorFile, OtherProcessorName, name);
    }

    // Of the three, Qwen2.5-VL alone says how many there are.
    public IDecoderBackend Create(DecoderBuild build) => CausalExport.Create(
        build,
        PartConfig.GetNumber(build.Part, ConfigFile, "image_token_id"),
        PartConfig.Number(build.Part, ConfigFile, "vision_config", "tokens_per_second") ?? 0);

    private static int FramesOf(ModelExport model) =>
        (model.FindIn(ProcessorFile, FramesName) ?? model.FindIn(OtherProcessorFile, OtherProcessorName, FramesName)) is { ValueKind: JsonValueKind.Number } frames
            ? frames.GetInt32()
            : UsualFrames;
}
