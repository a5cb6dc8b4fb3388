using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Whisper: windows of 30 seconds as log-mel features, and a decoder that writes down what is said in them.</summary>
internal sealed class WhisperFamily : IEncoderFamily, IDecoderFamily, IModelFamily
{
    private const string Graph = "encoder_model";
    private const int MelRank = 3;
    private const int FramesOfToken = 2;
    private const int UsualBands = 80;
    private const int UsualTokens = 1500;

    /// <summary>Tokens of the models of English alone, whose texts begin with neither language nor task; the others have more.</summary>
    private const int EnglishVocabulary = 51_864;

    private const string ConfigFile = "config.json";

    private static readonly string[] Types = ["whisper", "lite-whisper"];

    public string Name => "whisper";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => Types.Contains(model.ModelType) && model.HasGraph(Graph)
        ? [new ExportedPart(Modality.Audio, Graph, EncoderGraph.TokensOutput)]
        : [];

    public ExportedDecoder? DecoderOf(ModelExport model) => Types.Contains(model.ModelType) && GrowingExport.Find(model) is { } graphs
        ? new ExportedDecoder(ModelTask.Transcribe, Modality.Audio, graphs.First, graphs.Step, model.GetInt("max_target_positions"))
        {
            BeginsWithLanguage = model.FindInt("vocab_size") != EnglishVocabulary,
        }
        : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Mel, MelRank), OpenSizes(build.Part));

    public IDecoderBackend Create(DecoderBuild build) => GrowingExport.Create(build);

    // Of the window that warms the model up, where the graph leaves its sizes open.
    private static int[] OpenSizes(EncoderPart part) =>
    [
        PartConfig.Number(part, ConfigFile, "num_mel_bins") ?? UsualBands,
        FramesOfToken * (PartConfig.Number(part, ConfigFile, "max_source_positions") ?? UsualTokens),
    ];
}
