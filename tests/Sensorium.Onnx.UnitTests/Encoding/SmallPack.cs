using System.Security.Cryptography;
using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.UnitTests.Encoding;

/// <summary>A pack around one of the small graphs.</summary>
internal sealed class SmallPack : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pack").FullName;

    public SmallPack(string modality, string graph)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Graphs", $"{graph}.onnx");
        Directory.CreateDirectory(Path.Combine(_folder, "part", "onnx"));
        File.Copy(source, Path.Combine(_folder, "part", "onnx", "model.onnx"));
        File.WriteAllText(Path.Combine(_folder, "pack.json"), JsonSerializer.Serialize(new
        {
            format = 1,
            id = graph,
            license = "Apache-2.0",
            space_id = graph,
            embedding_width = 4,
            encoders = new Dictionary<string, object> { [modality] = new { folder = "part", model = "model", num_frames = 2 } },
            files = new Dictionary<string, string>
            {
                ["part/onnx/model.onnx"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source))),
            },
        }));
        Pack = ModelPack.Load(_folder);
    }

    public ModelPack Pack { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
