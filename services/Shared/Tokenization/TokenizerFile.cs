using System.Text.Json;

namespace Sensorium.Tokenization;

/// <summary>What a tokenizer.json says, as far as byte-level BPE needs it. Throws <see cref="NotSupportedException"/> naming what it cannot do.</summary>
internal sealed class TokenizerFile
{
    private TokenizerFile(JsonElement root)
    {
        var model = root.GetProperty("model");
        Expect(model, "type", "BPE", "model");
        ExpectNull(model, "continuing_subword_prefix");
        ExpectNull(model, "end_of_word_suffix");
        Vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32());
        Merges = [.. model.GetProperty("merges").EnumerateArray().Select(Merge)];
        AddedTokens = Optional(root, "added_tokens") is { } added
            ? [.. added.EnumerateArray().Select(ReadAddedToken)]
            : [];
        Lowercase = Optional(root, "normalizer") is { } normalizer && IsLowercase(normalizer);
        AddPrefixSpace = ReadPreTokenizer(Optional(root, "pre_tokenizer"));
    }

    public Dictionary<string, int> Vocabulary { get; }

    /// <summary>"left right", the most frequent first.</summary>
    public IReadOnlyList<string> Merges { get; }

    public IReadOnlyList<AddedToken> AddedTokens { get; }

    public bool Lowercase { get; }

    public bool AddPrefixSpace { get; }

    public static TokenizerFile Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new TokenizerFile(document.RootElement);
    }

    private static string Merge(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.String ? merge.GetString()! : $"{merge[0].GetString()} {merge[1].GetString()}";

    private static AddedToken ReadAddedToken(JsonElement token) =>
        new(token.GetProperty("id").GetInt32(), token.GetProperty("content").GetString()!, token.GetProperty("special").GetBoolean());

    private static bool IsLowercase(JsonElement normalizer) => TypeOf(normalizer) switch
    {
        "Lowercase" => true,
        "Sequence" => normalizer.GetProperty("normalizers").EnumerateArray().Select(IsLowercase).ToArray().Contains(true),
        var other => throw new NotSupportedException($"normalizer '{other}' is not supported; 'Lowercase' is"),
    };

    private static bool ReadPreTokenizer(JsonElement? preTokenizer)
    {
        if (preTokenizer is not { } byteLevel || TypeOf(byteLevel) != "ByteLevel")
        {
            throw new NotSupportedException($"pre_tokenizer '{(preTokenizer is { } other ? TypeOf(other) : "null")}' is not supported; 'ByteLevel' is");
        }

        if (Optional(byteLevel, "use_regex") is { ValueKind: JsonValueKind.False })
        {
            throw new NotSupportedException("pre_tokenizer 'ByteLevel' without its pattern (use_regex: false) is not supported");
        }

        return byteLevel.GetProperty("add_prefix_space").GetBoolean();
    }

    private static string? TypeOf(JsonElement element) => element.GetProperty("type").GetString();

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void Expect(JsonElement parent, string name, string value, string what)
    {
        if (parent.GetProperty(name).GetString() is var found && found != value)
        {
            throw new NotSupportedException($"{what} '{found}' is not supported; '{value}' is");
        }
    }

    private static void ExpectNull(JsonElement model, string name)
    {
        if (Optional(model, name) is { } value && value.GetString() is { Length: > 0 } text)
        {
            throw new NotSupportedException($"{name} '{text}' is not supported");
        }
    }
}

/// <summary>A token that merges never make.</summary>
internal sealed record AddedToken(int Id, string Content, bool Special);
