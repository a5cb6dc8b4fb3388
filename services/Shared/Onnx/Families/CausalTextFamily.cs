using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding.Causal;

namespace Sensorium.Onnx.Families;

/// <summary>Language models of text alone, whose exports differ in nothing but their sizes and in which inputs they declare.</summary>
internal sealed class CausalTextFamily : IDecoderFamily, IModelFamily
{
    private const string Graph = "model";
    private const string OlderGraph = "decoder_model_merged";

    private static readonly string[] ModelTypes =
    [
        "codegen", "cohere", "ernie4_5", "exaone", "falcon", "gemma", "gemma2", "gemma3_text", "glm", "gpt2", "gpt_neo", "gpt_neox", "gptj", "granite",
        "helium", "llama", "llama4_text", "mistral", "mobilellm", "nanochat", "olmo", "olmo2", "phi", "phi3", "qwen2", "qwen3", "smollm3", "stablelm", "starcoder2",
    ];

    public string Name => "causal-text";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) => [];

    public ExportedDecoder? DecoderOf(ModelExport model) => ModelTypes.Contains(model.ModelType) && Array.Find([Graph, OlderGraph], model.HasGraph) is { } graph
        ? new ExportedDecoder(ModelTask.Generate, Reads: null, FirstGraph: null, graph, model.GetFirstInt(["max_position_embeddings"], ["n_positions"], ["n_ctx"]))
        {
            Conversation = new Conversation(),
        }
        : null;

    public bool Matches(DecoderPart part) => part.Family == Name;

    public IDecoderBackend Create(DecoderBuild build) => CausalExport.Create(build);
}
