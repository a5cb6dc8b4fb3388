using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Core.Packs;

/// <summary>Files that come into a pack afterwards: what its manifest does not list does not exist.</summary>
public static class PackListing
{
    private const string Manifest = "pack.json";
    private const string Files = "files";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lists files with their SHA-256. Does nothing in a folder without a manifest, nor for files outside of it.</summary>
    public static void Add(string folder, IEnumerable<string> paths)
    {
        var path = Path.Combine(folder, Manifest);
        string[] inside = [.. paths.Where(file => !Path.GetRelativePath(folder, file).StartsWith("..", StringComparison.Ordinal))];
        if (inside.Length == 0 || !File.Exists(path))
        {
            return;
        }

        var manifest = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        var files = manifest[Files]!.AsObject();
        foreach (var file in inside)
        {
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = ModelFiles.Hash(file);
        }

        manifest[Files] = new JsonObject(files.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
        File.WriteAllText(path, manifest.ToJsonString(Written) + "\n");
    }
}
