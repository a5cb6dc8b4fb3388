using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Sensorium.Core.UnitTests.Packs;

/// <summary>A pack folder that a test writes, with a valid manifest to spoil.</summary>
internal sealed class PackFolder : IDisposable
{
    private readonly Dictionary<string, byte[]> _files = [];

    public PackFolder()
    {
        foreach (var (path, content) in new (string, string)[]
        {
            ("captioner/onnx/encoder_model.onnx", "picture weights"),
            ("captioner/onnx/decoder_model_serving.onnx", "step, see decoder.onnx_data"),
            ("captioner/onnx/decoder_cross_kv.onnx", "cross, see decoder.onnx_data"),
            ("captioner/onnx/decoder.onnx_data", "decoder weights"),
            ("captioner/config.json", "{}"),
            ("clip/onnx/text_model.onnx", "text weights"),
            ("clip/onnx/text_model_fp16.onnx", "half"),
            ("video/onnx/model.onnx", "clip weights"),
        })
        {
            Write(path, content);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("pack").FullName;

    public JsonObject Manifest { get; } = JsonNode.Parse("""
        {
          "format": 1, "id": "test", "license": "Apache-2.0", "origin": "made by a test", "space_id": "space", "embedding_width": 4,
          "languages": ["en"], "modality_order": ["text", "vision", "audio", "video"], "something_new": [1, 2],
          "encoders": {
            "text": { "folder": "clip", "model": "text_model", "embedding": "text_embeds", "max_tokens": 64 },
            "vision": { "folder": "captioner", "model": "encoder_model" },
            "video": { "folder": "video", "model": "model", "frame_encoder": "vision", "num_frames": 6 }
          },
          "decoder": { "folder": "captioner", "step": "decoder_model_serving", "cross_kv": "decoder_cross_kv",
            "layers": 2, "heads": 2, "head_width": 2, "capacity": 8 },
          "fusions": [["vision"], ["vision", "text"]], "max_prompt_tokens": 3, "max_segments": { "vision": 2 }
        }
        """)!.AsObject();

    /// <summary>The same parts as format 2 has them.</summary>
    public void UseParts()
    {
        Manifest["format"] = 2;
        Manifest.Remove("encoders");
        Manifest.Remove("decoder");
        Manifest["parts"] = JsonNode.Parse("""
            [
              { "kind": "text", "folder": "clip", "graphs": { "model": "text_model" }, "options": { "embedding": "text_embeds", "max_tokens": 64, "pooling": "first" } },
              { "kind": "vision", "folder": "captioner", "graphs": { "model": "encoder_model" } },
              { "kind": "video", "folder": "video", "graphs": { "model": "model" }, "options": { "frame_encoder": "vision", "num_frames": 6 } },
              { "kind": "generation", "family": "fixed-capacity", "folder": "captioner",
                "graphs": { "step": "decoder_model_serving", "cross_kv": "decoder_cross_kv" },
                "options": { "layers": 2, "heads": 2, "head_width": 2, "capacity": 8 } }
            ]
            """);
    }

    public void Write(string path, string content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        _files[path] = System.Text.Encoding.UTF8.GetBytes(content);
        File.WriteAllBytes(full, _files[path]);
    }

    /// <summary>Writes pack.json with the digests of what was written so far.</summary>
    public string Finish()
    {
        Manifest["files"] = new JsonObject(_files.Select(file =>
            KeyValuePair.Create<string, JsonNode?>(file.Key, Convert.ToHexStringLower(SHA256.HashData(file.Value)))));
        SaveManifest();
        return Path;
    }

    public void SaveManifest() => File.WriteAllText(System.IO.Path.Combine(Path, "pack.json"), Manifest.ToJsonString());

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
