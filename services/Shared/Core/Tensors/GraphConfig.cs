using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Tensors;

/// <summary>What a config.json beside a bare graph says of it. Members of other uses are ignored.</summary>
/// <param name="MaxBatchSize">Most rows of one run, and of one request; 1 lets each request run by itself, null leaves that to the settings.</param>
/// <param name="Shapes">Of inputs and outputs by their names, where it is narrower than what the graph declares; -1 where a size stays open.</param>
public sealed record GraphConfig(int? MaxBatchSize, IReadOnlyDictionary<string, long[]> Shapes)
{
    private const string FileName = "config.json";

    /// <summary>Of a folder; says nothing where there is no such file. Throws <see cref="ModelPackException"/> if it cannot be read.</summary>
    public static GraphConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new GraphConfig(null, new Dictionary<string, long[]>());
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new ModelPackException(folder, [$"{FileName} cannot be read: {error.Message}"], error);
        }
    }

    private static GraphConfig Read(JsonElement config)
    {
        int? most = config.TryGetProperty("max_batch_size", out var size) ? size.GetInt32() : null;
        if (most < 1)
        {
            throw new FormatException($"max_batch_size is {most}, but must be at least 1");
        }

        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var list in (string[])["inputs", "outputs"])
        {
            // As names and shapes; exports have members of other kinds under the same names.
            foreach (var tensor in config.TryGetProperty(list, out var tensors) && tensors.ValueKind == JsonValueKind.Array ? tensors.EnumerateArray() : [])
            {
                shapes[tensor.GetProperty("name").GetString() ?? ""] = [.. tensor.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64())];
            }
        }

        return new GraphConfig(most, shapes);
    }
}
