using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Pictures to text: any picture encoder with a decoder that attends to its tokens, as vit-gpt2 and trocr.</summary>
internal sealed class VisionEncoderDecoderFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string Graph = "encoder_model";
    private const int PictureRank = 4;

    public string Name => "vision-encoder-decoder";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => model.ModelType == Name && model.HasGraph(Graph)
        ? [new ExportedPart(Modality.Image, Graph, EncoderGraph.TokensOutput)]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => model.ModelType == Name && GrowingExport.Find(model) is { } graphs
        ? new ExportedDecoder(ModelTask.Generate, Modality.Image, graphs.First, graphs.Step, CapacityOf(model))
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Pixels, PictureRank), PictureSize.Of(build.Part));

    public IDecoderBackend Create(DecoderBuild build) => GrowingExport.Create(build);

    private static int CapacityOf(ModelExport model) => model.GetFirstInt(["decoder", "max_position_embeddings"], ["decoder", "n_positions"]);
}
