using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Decoding.Causal;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.UnitTests.Decoding;

/// <summary>Decoders of one sequence over the small graphs: of vectors, with media among them, or of tokens, with caches of float16.</summary>
internal static class SmallConversation
{
    /// <summary>Its vector is one of the media's.</summary>
    public const int MediaToken = 11;

    private const string EmbedGraph = "embed_tokens";

    private static readonly OnnxSessionFactory Sessions = new(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);
    private static readonly ModelIdentity Identity = new("small", "1", "fp32", "space", "", "cpu", "");

    public static IDecoderBackend Create(bool ofVectors, bool runsRowsApart = false)
    {
        var root = Directory.CreateTempSubdirectory("sensorium-models-");
        try
        {
            Write(Path.Combine(root.FullName, "small"), ofVectors);
            var model = ModelCatalog.OfFolder(root.FullName, new ModelsOptions(), [new CausalTextFamily()]).Models.Single();
            var part = (model.Pack ?? throw new InvalidOperationException(model.Problem)).Decoder!;
            var step = Sessions.Create(part.GetGraph("model", ModelVariants.All[0]), new OnnxOptions());
            var embed = ofVectors ? new TokenVectors(Sessions.Create(part.GetGraph(EmbedGraph, ModelVariants.All[0]), new OnnxOptions())) : null;
            return new CausalDecoder(new CausalGraphs(part, step, embed), Identity, ofVectors ? MediaToken : null, runsRowsApart);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Waves: different from one number to the next.</summary>
    public static FeatureSequence Media(IDecoderBackend decoder, int number, int tokens)
    {
        var width = decoder.Shape.FeatureWidth;
        return new FeatureSequence(tokens, width, Enumerable.Range(0, tokens * width).Select(i => MathF.Sin((i + 1) * (number + 1) * 0.37f)).ToArray());
    }

    private static void Write(string folder, bool ofVectors)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"model_type": "llama", "max_position_embeddings": 64}""");
        Copy(ofVectors ? "conversation" : "text", "model");
        if (ofVectors)
        {
            Copy("conversation_embed", EmbedGraph);
        }

        void Copy(string graph, string name) =>
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Graphs", $"{graph}.onnx"), Path.Combine(folder, "onnx", $"{name}.onnx"));
    }
}
