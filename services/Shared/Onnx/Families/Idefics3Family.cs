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
/// Idefics3 and SmolVLM: questions about pictures. A picture is cut into squares, each read by the picture encoder, and stands in the
/// conversation as the vectors of its squares and of the whole; a clip is read as some of its frames, which are not cut, and SmolVLM reads
/// when each of them is seen.
/// </summary>
internal sealed class Idefics3Family : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string PictureGraph = "vision_encoder";
    private const string EmbedGraph = "embed_tokens";
    private const string StepGraph = "decoder_model_merged";
    private const string ConfigFile = "config.json";
    private const int UsualSide = 364;

    private const string Timed = "smolvlm";

    private static readonly string[] ModelTypes = ["idefics3", Timed];

    private static readonly ClipMarks Clip = new(
        "You are provided the following series of {0} frames from a {1} [H:MM:SS] video.\n", "\nFrame from {0}:", "\n\n");

    private static readonly PictureMarks Marks = new("<image>") { Around = "<fake_token_around_image>", Whole = "<global-img>" };

    public string Name => "idefics3";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(PictureGraph)
        ?
        [
            new ExportedPart(Modality.Image, PictureGraph, EncoderGraph.PictureTokensOutput),
            new ExportedPart(Modality.Video, PictureGraph, EncoderGraph.PictureTokensOutput) { NumFrames = 1 },
        ]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(StepGraph) && model.HasGraph(EmbedGraph)
        ? new ExportedDecoder(ModelTask.Generate, Modality.Image, FirstGraph: null, StepGraph, model.GetInt("text_config", "max_position_embeddings"))
        {
            Conversation = new Conversation(EmbedGraph) { Pictures = model.ModelType == Timed ? Marks with { Clip = Clip } : Marks },
        }
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => new TileModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Part.NumFrames, PartConfig.Number(build.Part, ConfigFile, "vision_config", "image_size") ?? UsualSide);

    public IDecoderBackend Create(DecoderBuild build) => CausalExport.Create(build, PartConfig.GetNumber(build.Part, ConfigFile, "image_token_id"));
}
