using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation;

/// <summary>Reads what a model says about its decoder: a pack's manifest, and the configuration files of the decoder.</summary>
public static class GenerationModelReader
{
    // What Hugging Face's generate takes where nothing says how long an output may be.
    private const int MaxLengthOfExports = 20;

    /// <summary>Throws <see cref="ModelPackException"/> if the pack has no decoder or its configuration cannot be read.</summary>
    public static GenerationModel Read(ModelPack pack)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder, so it cannot write captions"]);
        return new GenerationModel(
            pack.ModalityOrder, pack.Fusions, pack.MaxPromptTokens, pack.MaxSegments, pack.Languages, Defaults(pack, part, GenerationConfig.Read(part)));
    }

    private static GenerationDefaults Defaults(ModelPack pack, DecoderPart part, GenerationConfig config) => new()
    {
        // A conversation begins as its template says, and its tokenizer knows how it ends where no file does.
        StartTokenId = config.DecoderStartTokenId ?? config.BosTokenId ?? (part.Conversation is null ? throw Missing(pack, "decoder_start_token_id") : 0),
        EndTokenIds = GenerationConfig.Ids(config.EosTokenId) is { Count: > 0 } ends ? ends : part.Conversation is null ? throw Missing(pack, "eos_token_id") : [],
        SuppressedTokenIds = config.SuppressTokens ?? [],
        SuppressedAtStart = config.BeginSuppressTokens ?? [],
        ForcedTokens = Forced(config),
        ForcedEndIds = GenerationConfig.Ids(config.ForcedEosTokenId),
        ForbiddenWords = config.BadWordsIds ?? [],
        NoRepeatNgramSize = config.NoRepeatNgramSize ?? 0,
        PenalisesPrompt = part.Family is not null,
        MinNewTokens = config.MinNewTokens ?? 0,
        MinLength = config.MinLength ?? 0,
        MaxNewTokens = config.MaxNewTokens,
        MaxLength = config.MaxLength ?? (part.Family is null || part.Conversation is not null || part.Prompt is not null ? null : MaxLengthOfExports),
        Temperature = config.DoSample == true ? config.Temperature ?? 1 : 0,
        TopP = config.TopP ?? 1,
        TopK = config.DoSample == true ? config.TopK ?? 0 : 0,
        NumBeams = config.DoSample == true ? 1 : pack.NumBeams ?? config.NumBeams ?? 1,
        LengthPenalty = pack.LengthPenalty ?? config.LengthPenalty ?? 1,
        RepetitionPenalty = config.RepetitionPenalty ?? 1,
    };

    private static Dictionary<int, int> Forced(GenerationConfig config)
    {
        var forced = (config.ForcedDecoderIds ?? [])
            .Where(pair => pair is [{ }, { }])
            .ToDictionary(pair => pair[0]!.Value, pair => pair[1]!.Value);
        if (config.ForcedBosTokenId is { } first)
        {
            forced[1] = first;
        }

        return forced;
    }

    private static ModelPackException Missing(ModelPack pack, string field) =>
        new(pack.Folder, [$"the configuration of the decoder has no '{field}'"]);
}
