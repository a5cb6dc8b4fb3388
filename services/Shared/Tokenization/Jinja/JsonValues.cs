using System.Text.Json;

namespace Sensorium.Tokenization.Jinja;

/// <summary>JSON as values of a template.</summary>
public static class JsonValues
{
    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new OrderedDictionary<string, object?>(
            element.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Of(field.Value))), StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => IsWhole(element) ? (object)element.GetInt64() : element.GetDouble(),
        _ => null,
    };

    // 2.0 is a float to Python, whatever it is worth.
    private static bool IsWhole(JsonElement number) => number.TryGetInt64(out _) && !number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
}
