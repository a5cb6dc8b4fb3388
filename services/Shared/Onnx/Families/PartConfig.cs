using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>Numbers of a part's configuration that its graph leaves open.</summary>
internal static class PartConfig
{
    /// <summary>Null if the file or the number is not there.</summary>
    public static int? Number(PackPart part, string file, string name)
    {
        if (part.FindFile(file) is not { } path)
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
    }
}
