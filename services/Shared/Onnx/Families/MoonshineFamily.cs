using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Moonshine: samples as they are, only as many as there are, and a decoder that writes down what is said in them.</summary>
internal sealed class MoonshineFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string Graph = "encoder_model";
    private const int SamplesRank = 2;
    private const int UsualPositions = 194;

    // Jeffries et al. 2024: beyond that a model repeats itself.
    private const int TokensPerSecond = 6;

    // Samples of the sound that warms a model up.
    private const int SampleLength = 16_000;

    public string Name => "moonshine";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => model.ModelType == Name && model.HasGraph(Graph)
        ? [new ExportedPart(Modality.Audio, Graph, EncoderGraph.TokensOutput)]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => model.ModelType == Name && GrowingExport.Find(model) is { } graphs
        ? new ExportedDecoder(ModelTask.Transcribe, Modality.Audio, graphs.First, graphs.Step, model.FindInt("max_position_embeddings") ?? UsualPositions) { TokensPerSecond = TokensPerSecond }
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Samples, SamplesRank), [SampleLength]);

    public IDecoderBackend Create(DecoderBuild build) => GrowingExport.Create(build);
}
