using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Models;

namespace Sensorium.Onnx.UnitTests.Decoding;

/// <summary>The bundled pack's captioner as the vision-encoder-decoder export that it is.</summary>
internal static class BundledExport
{
    private static readonly OnnxSessionFactory Sessions = new(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);

    public static IDecoderBackend CreateDecoder()
    {
        var root = Directory.CreateTempSubdirectory("sensorium-models-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(root.FullName, "captioner"), Path.Combine(BundledPack.Instance.Folder, "captioner"));
            var model = ModelCatalog.OfFolder(root.FullName, new ModelsOptions(), [new VisionEncoderDecoderFamily()]).Models.Single();
            return new OnnxDecoderFactory(Sessions).Create(model.Pack ?? throw new InvalidOperationException(model.Problem), new OnnxOptions());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Waves: no encoder's, but different from one number to the next.</summary>
    public static FeatureSequence Features(int number, int tokens)
    {
        var width = BundledPack.Instance.EmbeddingWidth;
        return new FeatureSequence(tokens, width, Enumerable.Range(0, tokens * width).Select(i => MathF.Sin((i + 1) * (number + 1) * 0.37f)).ToArray());
    }
}
