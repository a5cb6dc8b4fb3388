using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Speech;

/// <summary>Reads what an export says about its decoder of speech.</summary>
public static class SpeechModelReader
{
    /// <summary>Throws <see cref="ModelPackException"/> if the pack has no decoder or its configuration cannot be read.</summary>
    public static SpeechModel Read(ModelPack pack)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder, so it cannot write down speech"]);
        var config = GenerationConfig.Read(part);
        var languages = config.LangToId?.ToDictionary(pair => Bare(pair.Key), pair => pair.Value) ?? [];
        if (part.BeginsWithLanguage && config.IsMultilingual != false && languages.Count == 0)
        {
            throw new ModelPackException(pack.Folder, [$"{GenerationConfig.FileName} {(part.FindFile(GenerationConfig.FileName) is null ? "is not there" : "has no 'lang_to_id'")}: "
                + "nothing says which tokens stand for languages and tasks. Take the file that the model was published with; for a model of one language it says 'is_multilingual': false"]);
        }

        return new SpeechModel(
            // Older files force the opening tokens so, which the request decides.
            GenerationModelReader.Read(pack).Defaults with { ForcedTokens = new Dictionary<int, int>() },
            languages,
            config.TaskToId ?? new Dictionary<string, int>(),
            config.NoTimestampsTokenId,
            config.MaxInitialTimestampIndex,
            [.. (config.AlignmentHeads ?? []).Where(pair => pair.Count == 2).Select(pair => (pair[0], pair[1]))])
        {
            TokensPerSecond = part.TokensPerSecond,
        };
    }

    // "<|en|>" is "en".
    private static string Bare(string token) => token.Trim('<', '|', '>');
}
