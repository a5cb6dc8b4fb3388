using System.Text.Json;

namespace Sensorium.Media.Sound;

/// <summary>What a folder says of how sound is prepared: a file of its own, or the section that newer exports have for it in a file of all processors.</summary>
internal static class SoundProcessorFile
{
    private const string Section = "feature_extractor";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Throws <see cref="InvalidDataException"/> that names the file if it cannot be read, or what <paramref name="read"/> finds cannot be followed.</summary>
    public static T Read<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return read(root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Section, out var own) && own.ValueKind == JsonValueKind.Object ? own : root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Names are those of the file, as "n_samples".</summary>
    public static T Parse<T>(JsonElement element)
        where T : new() => element.Deserialize<T>(Json) ?? new T();
}
