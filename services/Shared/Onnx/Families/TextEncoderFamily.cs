using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Encoders of text alone: of vectors, as sentence-transformers has them; of one score, for pairs; of scores of labels.</summary>
internal sealed class TextEncoderFamily : IEncoderFamily, IModelFamily
{
    private const string Graph = "model";
    private const string Sentence = "sentence_embedding";
    private const string Logits = "logits";
    private const string Scorers = "ForSequenceClassification";

    private const int LostPositions = 2;

    private static readonly string[] ModelTypes =
    [
        "albert", "bert", "camembert", "convbert", "deberta", "deberta-v2", "distilbert", "electra", "ernie", "mobilebert", "modernbert", "mpnet",
        "new", "nomic_bert", "roberta", "roformer", "squeezebert", "xlm-roberta",
    ];

    // Their positions count from the id of the padding token on, so that two of them are never used.
    private static readonly string[] CountingFromPadding = ["camembert", "mpnet", "roberta", "xlm-roberta"];

    public string Name => "text-encoder";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model)
    {
        if (!ModelTypes.Contains(model.ModelType) || !model.HasGraph(Graph))
        {
            return [];
        }

        var positions = model.GetFirstInt(["max_position_embeddings"], ["n_positions"]) - (CountingFromPadding.Contains(model.ModelType) ? LostPositions : 0);
        var maxTokens = SentenceTransformers.MaxTokens(model) is { } most && most < positions ? most : positions;
        return
        [
            new ExportedPart(Modality.Text, Graph, Embedding: null, maxTokens)
            {
                Pooling = SentenceTransformers.PoolingOf(model),
                KeepsLength = SentenceTransformers.KeepsLength(model),
                Prompts = SentenceTransformers.Prompts(model),
                HasOwnFrame = true,
                ReadsPairs = model.HasHead(Scorers),
                Task = !model.HasHead(Scorers) ? null : model.LabelCount == 1 ? ModelTask.Rerank : ModelTask.Classify,
            },
        ];
    }

    public bool Matches(EncoderPart part, OnnxSession session) => part.Family == Name;

    public string EmbeddingOf(EncoderPart part, OnnxSession session) => part.ReadsPairs
        ? Logits
        : Array.Find([Sentence, EncoderGraph.TokensOutput, EncoderGraph.OtherTokensOutput], session.Outputs.ContainsKey) ?? EncoderGraph.TokensOutput;

    public IEncoderModel Create(EncoderBuild build) => new TextModel(build.Graph, build.Identity, build.BatchLimit(), build.Part.MaxTokens)
    {
        Labels = build.Part.ReadsPairs ? ClassLabels.Of(build.Part, build.Graph.EmbeddingWidth) : null,
    };
}
