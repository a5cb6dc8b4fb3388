using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>
/// One graph from a sound, as samples or as a spectrogram, to logits, with labels of the model's own, or to features: the pooled vector
/// where the graph has one, else the mean of its tokens. Sounds over 30 seconds, or over the length of the spectrogram, are windows one
/// after the other.
/// </summary>
internal sealed class SoundValuesFamily : IEncoderFamily, IModelFamily
{
    private const string Graph = "model";
    private const string Logits = "logits";
    private const string Pooled = "pooler_output";

    // Samples of the sound that warms a model up.
    private const int SampleLength = 16_000;

    private static readonly string[] ModelTypes =
    [
        "audio-spectrogram-transformer", "data2vec-audio", "hubert", "sew", "sew-d", "unispeech", "unispeech-sat", "wav2vec2", "wav2vec2-conformer", "wavlm",
    ];

    private static readonly string[] Classifiers = ["ForSequenceClassification", "ForAudioClassification"];

    public string Name => "sound-values";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && model.HasGraph(Graph)
        ? [new ExportedPart(Modality.Audio, Graph, Embedding: null) { Task = Array.Exists(Classifiers, model.HasHead) ? ModelTask.Classify : null }]
        : [];

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public string EmbeddingOf(EncoderPart part, OnnxSession session) =>
        Array.Find([Logits, Pooled], session.Outputs.ContainsKey) ?? EncoderGraph.TokensOutput;

    public IEncoderModel Create(EncoderBuild build)
    {
        var (part, graph) = (build.Part, build.Graph);
        var input = graph.Session.Inputs.TryGetValue(EncoderInputs.Samples, out var values) ? values : graph.Session.RequireInput(EncoderInputs.Samples, 2);
        return new FloatModel(graph, build.Identity, build.BatchLimit(), input, OpenSizes(part, input))
        {
            Labels = graph.Embedding.Name == Logits ? ClassLabels.Of(part, graph.EmbeddingWidth) : null,
        };
    }

    // Of the sound that warms the model up, where the graph leaves them open.
    private static int[] OpenSizes(EncoderPart part, TensorSpec input) => input.Rank == 2
        ? [SampleLength]
        : [PartConfig.Number(part, "config.json", "max_length") ?? 1024, PartConfig.Number(part, "config.json", "num_mel_bins") ?? 128];
}
