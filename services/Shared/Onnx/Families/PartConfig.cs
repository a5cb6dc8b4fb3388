using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>Numbers of a part's configuration that its graph leaves open.</summary>
internal static class PartConfig
{
    /// <summary>Null if the file or the number is not there.</summary>
    /// <param name="part">Whose it is.</param>
    /// <param name="file">That it stands in.</param>
    /// <param name="names">Of the number, and of those that it stands within.</param>
    public static int? Number(PackPart part, string file, params string[] names)
    {
        if (part.FindFile(file) is not { } path)
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var value = document.RootElement;
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
    }

    /// <summary>Throws <see cref="ModelPackException"/> if the number is not there.</summary>
    public static int GetNumber(PackPart part, string file, params string[] names) =>
        Number(part, file, names) ?? throw new ModelPackException(part.Folder, [$"{file} has no number '{string.Join('.', names)}'"]);
}
