using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation;

/// <summary>Reads what a pack says about its decoder: the manifest and the decoder's generation_config.json.</summary>
public static class GenerationModelReader
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Throws <see cref="ModelPackException"/> if the pack has no decoder or its configuration cannot be read.</summary>
    public static GenerationModel Read(ModelPack pack)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder, so it cannot write captions"]);
        var config = ReadConfig(part.GetFile("generation_config.json"));
        return new GenerationModel(
            pack.ModalityOrder, pack.Fusions, pack.MaxPromptTokens, pack.MaxSegments, pack.Languages, Defaults(pack, config));
    }

    private static GenerationDefaults Defaults(ModelPack pack, GenerationConfig config) => new()
    {
        StartTokenId = config.DecoderStartTokenId ?? config.BosTokenId ?? throw Missing(pack, "decoder_start_token_id"),
        EndTokenIds = Ids(config.EosTokenId) is { Count: > 0 } ends ? ends : throw Missing(pack, "eos_token_id"),
        SuppressedTokenIds = config.SuppressTokens ?? [],
        MaxNewTokens = config.MaxNewTokens,
        MaxLength = config.MaxLength,
        Temperature = config.DoSample == true ? config.Temperature ?? 1 : 0,
        TopP = config.TopP ?? 1,
        TopK = config.DoSample == true ? config.TopK ?? 0 : 0,
        NumBeams = config.DoSample == true ? 1 : pack.NumBeams ?? config.NumBeams ?? 1,
        LengthPenalty = pack.LengthPenalty ?? config.LengthPenalty ?? 1,
        RepetitionPenalty = config.RepetitionPenalty ?? 1,
    };

    private static ModelPackException Missing(ModelPack pack, string field) =>
        new(pack.Folder, [$"generation_config.json of the decoder has no '{field}'"]);

    // A number or a list of them.
    private static IReadOnlyList<int> Ids(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number => [number.GetInt32()],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(id => id.GetInt32())],
        _ => [],
    };

    private static GenerationConfig ReadConfig(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerationConfig>(File.ReadAllBytes(path), Json)
                ?? throw new ModelPackException(path, ["it holds 'null'"]);
        }
        catch (JsonException error)
        {
            throw new ModelPackException(path, [$"it cannot be read at '{error.Path}': {error.Message}"], error);
        }
    }

    private sealed record GenerationConfig
    {
        public int? BosTokenId { get; init; }

        public JsonElement? EosTokenId { get; init; }

        public int? DecoderStartTokenId { get; init; }

        public IReadOnlyList<int>? SuppressTokens { get; init; }

        public int? MaxLength { get; init; }

        public int? MaxNewTokens { get; init; }

        public bool? DoSample { get; init; }

        public float? Temperature { get; init; }

        public float? TopP { get; init; }

        public int? TopK { get; init; }

        public int? NumBeams { get; init; }

        public float? LengthPenalty { get; init; }

        public float? RepetitionPenalty { get; init; }
    }
}
