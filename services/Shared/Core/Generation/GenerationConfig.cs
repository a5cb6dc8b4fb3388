using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation;

/// <summary>What the configuration files of a decoder say about decoding, in Hugging Face's names.</summary>
internal sealed record GenerationConfig
{
    internal const string FileName = "generation_config.json";
    private const string ModelFileName = "config.json";

    // Older exports have these fields in config.json, or in its section of the decoder.
    private static readonly string[] Sections = ["decoder", "text_config"];

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public int? BosTokenId { get; init; }

    public JsonElement? EosTokenId { get; init; }

    public int? DecoderStartTokenId { get; init; }

    public IReadOnlyList<int>? SuppressTokens { get; init; }

    public IReadOnlyList<int>? BeginSuppressTokens { get; init; }

    public int? ForcedBosTokenId { get; init; }

    public JsonElement? ForcedEosTokenId { get; init; }

    public IReadOnlyList<IReadOnlyList<int?>>? ForcedDecoderIds { get; init; }

    public IReadOnlyList<IReadOnlyList<int>>? BadWordsIds { get; init; }

    public int? NoRepeatNgramSize { get; init; }

    public int? MinLength { get; init; }

    public int? MinNewTokens { get; init; }

    public int? MaxLength { get; init; }

    public int? MaxNewTokens { get; init; }

    public bool? DoSample { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public int? NumBeams { get; init; }

    public float? LengthPenalty { get; init; }

    public float? RepetitionPenalty { get; init; }

    public bool? IsMultilingual { get; init; }

    public IReadOnlyDictionary<string, int>? LangToId { get; init; }

    public IReadOnlyDictionary<string, int>? TaskToId { get; init; }

    public int? NoTimestampsTokenId { get; init; }

    public IReadOnlyList<IReadOnlyList<int>>? AlignmentHeads { get; init; }

    public int? MaxInitialTimestampIndex { get; init; }

    /// <summary>
    /// Of a pack its generation_config.json alone. Of an export, where that file may be missing, config.json below it, as Hugging
    /// Face's generate reads them. Throws <see cref="ModelPackException"/> that says which cannot be read.
    /// </summary>
    public static GenerationConfig Read(DecoderPart part)
    {
        if (part.Family is null)
        {
            return Parse(part.GetFile(FileName), ReadObject(part.GetFile(FileName)));
        }

        var config = ReadObject(part.GetFile(ModelFileName));
        var merged = new JsonObject();
        Merge(merged, config);
        foreach (var section in Sections)
        {
            Merge(merged, config[section] as JsonObject);
        }

        Merge(merged, part.FindFile(FileName) is { } path ? ReadObject(path) : null);
        return Parse(part.Folder, merged);
    }

    /// <summary>A number or a list of them.</summary>
    public static IReadOnlyList<int> Ids(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number => [number.GetInt32()],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(id => id.GetInt32())],
        _ => [],
    };

    private static void Merge(JsonObject target, JsonObject? source)
    {
        foreach (var (name, value) in source ?? [])
        {
            target[name] = value?.DeepClone();
        }
    }

    private static JsonObject ReadObject(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("it holds no object");
        }
        catch (JsonException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static GenerationConfig Parse(string path, JsonObject json)
    {
        try
        {
            return json.Deserialize<GenerationConfig>(Json)!;
        }
        catch (JsonException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static ModelPackException Unreadable(string path, JsonException error) =>
        new(path, [$"the configuration of the decoder cannot be read: {error.Message}"], error);
}
