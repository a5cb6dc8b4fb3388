using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Speech.Ctc;

/// <summary>Reads the characters of an export: tokenizer.json, or vocab.json where there is none.</summary>
public static class CtcModelReader
{
    private const string TokenizerName = "tokenizer.json";
    private const string VocabularyName = "vocab.json";
    private const string ConfigName = "tokenizer_config.json";
    private const string UsualBlank = "<pad>";
    private const string UsualDelimiter = "|";
    private const int UsualSamplesOfFrame = 320;
    private const int UsualSamplingRate = 16_000;

    private static readonly string[] Specials = ["bos_token", "eos_token", "unk_token", "pad_token"];

    /// <summary>Throws <see cref="ModelPackException"/> that says what is missing or cannot be read.</summary>
    public static CtcModel Read(DecoderPart part)
    {
        try
        {
            var config = Open(part, ConfigName) ?? default;
            var tokenizer = Open(part, TokenizerName);
            var vocabulary = Vocabulary(part, tokenizer, config);
            var blank = Word(config, "pad_token") ?? Word(Member(tokenizer, "decoder"), "pad_token") ?? UsualBlank;
            var delimiter = Word(config, "word_delimiter_token") ?? Word(Member(tokenizer, "decoder"), "word_delimiter_token") ?? UsualDelimiter;
            return new CtcModel(
                Characters(vocabulary, [.. SpecialsOf(tokenizer), .. Specials.Select(name => Word(config, name)).OfType<string>(), blank, delimiter], LowersCase(config)),
                vocabulary.TryGetValue(blank, out var id) ? id : throw new ModelPackException(part.Folder, [$"the blank '{blank}' is not in the vocabulary"]),
                vocabulary.TryGetValue(delimiter, out var between) ? between : null,
                FrameTime(part));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelPackException(part.Folder, [$"the characters that the model writes cannot be read: {error.Message}"], error);
        }
    }

    private static Dictionary<string, int> Vocabulary(DecoderPart part, JsonElement? tokenizer, JsonElement config)
    {
        var source = Member(Member(tokenizer, "model"), "vocab") ?? Open(part, VocabularyName)
            ?? throw new ModelPackException(part.Folder, [$"there is neither {TokenizerName} nor {VocabularyName}"]);
        if (Word(config, "target_lang") is { } language && Member(source, language) is { ValueKind: JsonValueKind.Object } own)
        {
            source = own;
        }

        var vocabulary = source.EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32(), StringComparer.Ordinal);
        foreach (var token in Added(tokenizer))
        {
            vocabulary[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
        }

        return vocabulary;
    }

    private static string[] Characters(Dictionary<string, int> vocabulary, HashSet<string> without, bool lowersCase)
    {
        var characters = new string[vocabulary.Values.Max() + 1];
        Array.Fill(characters, "");
        foreach (var (token, id) in vocabulary.Where(entry => !without.Contains(entry.Key)))
        {
            characters[id] = lowersCase ? token.ToLowerInvariant() : token;
        }

        return characters;
    }

    private static IEnumerable<string> SpecialsOf(JsonElement? tokenizer) =>
        Added(tokenizer).Where(token => Member(token, "special") is { ValueKind: JsonValueKind.True }).Select(token => token.GetProperty("content").GetString()!);

    private static JsonElement[] Added(JsonElement? tokenizer) =>
        Member(tokenizer, "added_tokens") is { ValueKind: JsonValueKind.Array } added ? [.. added.EnumerateArray()] : [];

    private static bool LowersCase(JsonElement config) => Member(config, "do_lower_case") is { ValueKind: JsonValueKind.True };

    // Samples that the first layers join to one token, one after the other.
    private static TimeSpan FrameTime(DecoderPart part)
    {
        var strides = Member(Open(part, "config.json"), "conv_stride");
        var samples = strides is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().Aggregate(1, (product, stride) => product * stride.GetInt32()) : UsualSamplesOfFrame;
        var rate = Member(Open(part, "preprocessor_config.json"), "sampling_rate") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : UsualSamplingRate;
        return samples > 0 && rate > 0
            ? TimeSpan.FromSeconds((double)samples / rate)
            : throw new ModelPackException(part.Folder, [$"'conv_stride' joins {samples} samples and 'sampling_rate' is {rate}; both must be positive"]);
    }

    private static JsonElement? Open(DecoderPart part, string name)
    {
        if (part.FindFile(name) is not { } path)
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    // Written as a string, or as an object with the flags of an added token.
    private static string? Word(JsonElement? element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString(),
        { ValueKind: JsonValueKind.Object } token => Word(token, "content"),
        _ => null,
    };
}
