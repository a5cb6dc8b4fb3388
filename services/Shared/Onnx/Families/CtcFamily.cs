using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Speech to text in one run of one graph, from samples to the scores of each character every 20 milliseconds (the `ForCTC` architectures). The likeliest path is taken; there is no language model.</summary>
internal sealed class CtcFamily : IEncoderFamily, IModelFamily
{
    private const string Graph = "model";
    private const string Logits = "logits";
    private const string Head = "ForCTC";
    private const int SamplesRank = 2;

    // Samples of the sound that warms a model up.
    private const int SampleLength = 16_000;

    private static readonly string[] ModelTypes =
        ["data2vec-audio", "hubert", "sew", "sew-d", "unispeech", "unispeech-sat", "wav2vec2", "wav2vec2-conformer", "wavlm"];

    public string Name => "ctc";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => Knows(model) ? [new ExportedPart(Modality.Audio, Graph, Logits)] : [];

    public ExportedDecoder? DecoderOf(ModelExport model) =>
        Knows(model) ? new ExportedDecoder(ModelTask.Transcribe, Modality.Audio, FirstGraph: null, Graph, Capacity: 0) { Kind = DecoderKind.Ctc } : null;

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public bool GivesTokens(string? embedding) => true;

    public IEncoderModel Create(EncoderBuild build) => new FloatModel(
        build.Graph, build.Identity, build.BatchLimit(), build.Graph.Session.RequireInput(EncoderInputs.Samples, SamplesRank), [SampleLength]);

    private static bool Knows(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasHead(Head) && model.HasGraph(Graph);
}
