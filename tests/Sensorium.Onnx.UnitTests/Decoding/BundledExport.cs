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

    /// <param name="change">What is done to a copy of the folder's graphs first.</param>
    public static IDecoderBackend CreateDecoder(Action<string>? change = null)
    {
        var root = Directory.CreateTempSubdirectory("sensorium-models-");
        try
        {
            Copy(Path.Combine(BundledPack.Folder, "captioner"), Path.Combine(root.FullName, "captioner"));
            change?.Invoke(Path.Combine(root.FullName, "captioner", "onnx"));
            var model = ModelCatalog.OfFolder(root.FullName, new ModelsOptions(), [new VisionEncoderDecoderFamily()]).Models.Single();
            return new OnnxDecoderFactory(Sessions).Create(model.Pack ?? throw new InvalidOperationException(model.Problem), new OnnxOptions());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.Combine(target, "onnx"));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }

    /// <summary>Waves: no encoder's, but different from one number to the next.</summary>
    public static FeatureSequence Features(int number, int tokens)
    {
        var width = BundledPack.Instance.EmbeddingWidth;
        return new FeatureSequence(tokens, width, Enumerable.Range(0, tokens * width).Select(i => MathF.Sin((i + 1) * (number + 1) * 0.37f)).ToArray());
    }
}
