using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>The labels that config.json gives to a classifier's logits.</summary>
internal static class ClassLabels
{
    private const string FileName = "config.json";

    /// <summary>Throws <see cref="ModelPackException"/> if there is not one for each logit.</summary>
    public static ModelLabels Of(EncoderPart part, int logits)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(part.GetFile(FileName)));
        var config = document.RootElement;
        var names = new string?[logits];
        if (config.TryGetProperty("id2label", out var labels) && labels.ValueKind == JsonValueKind.Object)
        {
            foreach (var label in labels.EnumerateObject())
            {
                if (int.TryParse(label.Name, out var id) && id >= 0 && id < logits)
                {
                    names[id] = label.Value.ToString();
                }
            }
        }

        return Array.IndexOf(names, null) is var missing and >= 0
            ? throw new ModelPackException(part.Folder, [$"'id2label' of {FileName} has no label {missing}, but the graph gives {logits} logits"])
            : new ModelLabels(names!, config.TryGetProperty("problem_type", out var kind) && kind.ValueEquals("multi_label_classification"));
    }
}
