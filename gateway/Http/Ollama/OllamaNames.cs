using System.Text.Json;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>Members that several requests have.</summary>
internal static class OllamaNames
{
    private const string Latest = ":latest";

    /// <summary>Its clients name a tag with a model; here the revision is the only one.</summary>
    public static string ModelOf(JsonElement body, string member = "model")
    {
        var name = body.RequireName(member);
        return name.EndsWith(Latest, StringComparison.Ordinal) ? name[..^Latest.Length] : name;
    }

    /// <exception cref="Core.Errors.SensoriumException">INVALID_PARAMETER: it asks to unload the model.</exception>
    public static void CheckKeepAlive(JsonElement body)
    {
        if (body.Find("keep_alive") is { } kept && (kept.ValueKind == JsonValueKind.Number ? kept.TryGetDouble(out var seconds) && seconds == 0 : kept.ValueKind != JsonValueKind.String || IsZero(kept)))
        {
            throw BodyErrors.Wrong("keep_alive", "must be a time over 0; models are unloaded by ModelService.Unload");
        }
    }

    private static bool IsZero(JsonElement text) => JsonStrings.Read(text, "keep_alive").TrimEnd('s', 'm', 'h') is "0" or "";
}
