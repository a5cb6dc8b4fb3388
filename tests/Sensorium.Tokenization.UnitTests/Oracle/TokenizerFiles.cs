using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sensorium.Tokenization.UnitTests.Oracle;

/// <summary>A tokenizer.json of each kind that models have: the real sections around small vocabularies.</summary>
internal static class TokenizerFiles
{
    private const string LlamaPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string QwenPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string O200kPattern =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string ClipPattern = @"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    private const string DeepSeekPattern = @"[^\r\n\p{L}\p{P}\p{S}]?+[\p{L}\p{M}]++| ?[\p{P}\p{S}]++[\r\n]*+|\s++(?!\S)|\p{Han}|[\w]{,3}|\x{3042}";

    private const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}""";

    private static readonly Lazy<string> ByteBpe = new(() => Bpe(Words(LlamaPattern), Vocabularies.Alphabet, "", ""));

    private static readonly Lazy<string> Unigram = new(() => MakeUnigram(byteFallback: false));

    public static readonly IReadOnlyDictionary<string, Func<string>> Kinds = new Dictionary<string, Func<string>>
    {
        ["bert"] = () => Bert(lowercases: true),
        ["bert-cased"] = () => Bert(lowercases: false),
        ["roberta"] = () => Write(ByteBpe.Value, "null", """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true}""",
            """{"type":"RobertaProcessing","sep":["</s>",1],"cls":["<s>",0],"trim_offsets":true,"add_prefix_space":true}""", ByteLevel,
            Special("<s>", "</s>", "<unk>", "<pad>") + "," + Added(4, "<mask>", "\"lstrip\":true,\"normalized\":true,\"special\":true")),
        ["gpt2"] = () => Write(ByteBpe.Value, "null", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
            ByteLevel, ByteLevel, Special("<|endoftext|>")),
        ["whisper"] = () => Write(ByteBpe.Value, "null", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
            Template("<|startoftranscript|>", "<|notimestamps|>@1", "<|endoftext|>@2"), ByteLevel,
            Special("<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>") + "," + Added(3, "<|0.00|>", "\"special\":false,\"normalized\":false")),
        ["clip"] = Clip,
        ["t5"] = () => Write(Unigram.Value, Charsmap(),
            Sequence("pretokenizers", """{"type":"WhitespaceSplit"}""", """{"type":"Metaspace","replacement":"▁","add_prefix_space":true}"""),
            Template(null, null, "</s>@1"), """{"type":"Metaspace","replacement":"▁","add_prefix_space":true}""", Special("<pad>", "</s>", "<unk>")),
        ["xlm-r"] = () => Write(Unigram.Value,
            Sequence("normalizers", Charsmap(), """{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}"""),
            """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", Template("<pad>", null, "</s>@1"),
            """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", Special("<pad>", "</s>", "<unk>")),
        ["unigram-bytes"] = () => Write(MakeUnigram(byteFallback: true), Sequence("normalizers", """{"type":"Nmt"}""", """{"type":"NFKC"}"""),
            """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""", "null",
            Sequence("decoders", """{"type":"ByteFallback"}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}"""),
            Special("<pad>", "</s>", "<unk>")),
        ["llama2"] = () => Write(SentenceBpe(), Sequence("normalizers", """{"type":"Prepend","prepend":"▁"}""",
            """{"type":"Replace","pattern":{"String":" "},"content":"▁"}"""), "null", Template("<s>@1", null, null), SentenceDecoder(strips: true),
            Special("<unk>", "<s>", "</s>")),
        ["gemma"] = () => Write(SentenceBpe(), """{"type":"Replace","pattern":{"String":" "},"content":"▁"}""",
            """{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious","invert":false}""", Template("<s>@1", null, null),
            SentenceDecoder(strips: false), Special("<unk>", "<s>", "</s>")),
        ["llama3"] = () => SplitKind(LlamaPattern, "null", ""),
        ["qwen"] = () => SplitKind(QwenPattern, """{"type":"NFC"}""", "," + Added(3, "<tool_call>", "\"special\":false,\"normalized\":false")),
        ["o200k"] = () => SplitKind(O200kPattern, "null", "," + Added(3, "day", "\"single_word\":true,\"rstrip\":true,\"normalized\":true")),
        ["deepseek"] = () => SplitKind(DeepSeekPattern, """{"type":"NFKD"}""", ""),
        ["smollm"] = () => Write(ByteBpe.Value, """{"type":"StripAccents"}""", Sequence("pretokenizers", """{"type":"Digits","individual_digits":true}""",
            """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"""), "null", ByteLevel, Special("<|endoftext|>")),
        ["falcon"] = () => Write(ByteBpe.Value, """{"type":"NFD"}""", Sequence("pretokenizers", """{"type":"Punctuation","behavior":"Contiguous"}""",
            """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""", """{"type":"Digits","individual_digits":false}""",
            """{"type":"Split","pattern":{"Regex":"[0-9][0-9][0-9]"},"behavior":"Isolated","invert":false}"""), "null", ByteLevel, Special("<|endoftext|>")),
        ["wordlevel"] = WordLevel,
        ["byte-normalizer"] = () => Write(ByteBpe.Value, Sequence("normalizers", """{"type":"Strip","strip_left":true,"strip_right":false}""", """{"type":"ByteLevel"}"""),
            """{"type":"Split","pattern":{"Regex":"Ġ+"},"behavior":"MergedWithNext","invert":false}""", "null", ByteLevel, Special("<|endoftext|>")),
    };

    public static IReadOnlyList<string> SpecialTokens(string json) =>
        [.. JsonNode.Parse(json)!["added_tokens"]!.AsArray().Select(token => token!["content"]!.GetValue<string>())];

    private static string SplitKind(string pattern, string normalizer, string added) => Write(ByteBpe.Value, normalizer,
        Sequence("pretokenizers", $$"""{"type":"Split","pattern":{"Regex":{{JsonSerializer.Serialize(pattern)}}},"behavior":"Isolated","invert":false}""", ByteLevel),
        Sequence("processors", ByteLevel, Template("<|begin|>", null, null)), ByteLevel, Special("<|begin|>", "<|end|>", "<|pad|>") + added);

    private static string Bert(bool lowercases)
    {
        var vocabulary = Braces(MiniLm.Vocabulary.Select((token, id) => $"{JsonSerializer.Serialize(token)}:{id}"));
        var model = $$"""{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{{vocabulary}}}""";
        var flag = lowercases ? "true" : "false";
        var added = string.Join(',', new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(token =>
            Added(MiniLm.Vocabulary.IndexOf(token), token, "\"special\":true,\"normalized\":false")));
        return Write(model, $$"""{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":{{flag}}}""",
            """{"type":"BertPreTokenizer"}""", """{"type":"BertProcessing","sep":["[SEP]",102],"cls":["[CLS]",101]}""",
            """{"type":"WordPiece","prefix":"##","cleanup":true}""", added);
    }

    private static string Clip() => Write(
        Bpe(Words(ClipPattern).Select(word => word.ToLowerInvariant()), Vocabularies.Alphabet.Concat(Vocabularies.Alphabet.Select(letter => letter + "</w>")),
            "</w>", "\"end_of_word_suffix\":\"</w>\",\"unk_token\":\"!\","),
        Sequence("normalizers", """{"type":"NFC"}""", """{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "}""", """{"type":"Lowercase"}"""),
        Sequence("pretokenizers", $$"""{"type":"Split","pattern":{"Regex":{{JsonSerializer.Serialize(ClipPattern)}}},"behavior":"Removed","invert":true}""",
            """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}"""),
        """{"type":"RobertaProcessing","sep":["<|endoftext|>",1],"cls":["<|startoftext|>",0],"trim_offsets":false,"add_prefix_space":false}""", ByteLevel,
        Special("<|startoftext|>", "<|endoftext|>"));

    private static string WordLevel()
    {
        var words = Vocabularies.Corpus.SelectMany(text => Regex.Split(text, @"\W+")).Where(word => word.Length > 0).Distinct().Take(400).ToList();
        var vocabulary = Braces(new[] { "<unk>" }.Concat(words).Select((word, id) => $"{JsonSerializer.Serialize(word)}:{id}"));
        return Write($$"""{"type":"WordLevel","unk_token":"<unk>","vocab":{{vocabulary}}}""", """{"type":"NFKC"}""", """{"type":"Whitespace"}""", "null",
            """{"type":"CTC","pad_token":"<unk>","word_delimiter_token":"|","cleanup":true}""", Added(0, "<unk>", "\"special\":true,\"normalized\":false"));
    }

    private static string SentenceBpe() => Bpe(
        Vocabularies.Corpus.Select(text => "▁" + text.Replace(' ', '▁')).SelectMany(text => Regex.Split(text, "(?<!▁)(?=▁)")),
        Vocabularies.ByteTokens, "", "\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true,");

    private static string SentenceDecoder(bool strips) => Sequence("decoders",
        ["""{"type":"Replace","pattern":{"String":"▁"},"content":" "}""", """{"type":"ByteFallback"}""", """{"type":"Fuse"}""",
        .. strips ? new[] { """{"type":"Strip","content":" ","start":1,"stop":0}""" } : []]);

    // The first ids are those of the special tokens that the callers of this name.
    private static string Bpe(IEnumerable<string> words, IEnumerable<string> alphabet, string suffix, string options)
    {
        var (tokens, merges) = Vocabularies.TrainBpe(words, alphabet, suffix);
        var names = Enumerable.Range(0, 8).Select(id => $"<reserved {id}>").Concat(options.Contains("<unk>", StringComparison.Ordinal) ? ["<unk>"] : []);
        var vocabulary = Braces(names.Concat(tokens).Select((token, id) => $"{JsonSerializer.Serialize(token)}:{id}"));
        return $$"""{"type":"BPE","dropout":null,{{options}}"vocab":{{vocabulary}},"merges":{{JsonSerializer.Serialize(merges.Select(merge => new[] { merge.Left, merge.Right }))}}}""";
    }

    private static IEnumerable<string> Words(string pattern) => Vocabularies.Corpus.SelectMany(text => Regex.Matches(text, pattern))
        .Select(word => string.Concat(System.Text.Encoding.UTF8.GetBytes(word.Value).Select(ByteLevelAlphabet.Character)));

    private static string MakeUnigram(bool byteFallback)
    {
        var words = Vocabularies.Corpus.SelectMany(text => text.Split(' ').Select(word => "▁" + word));
        var entries = new (string Token, double Score)[] { ("<pad>", 0), ("</s>", 0), ("<unk>", 0) }
            .Concat(byteFallback ? Vocabularies.ByteTokens.Select(token => (Token: token, Score: 0.0)) : []).Concat(Vocabularies.TrainUnigram(words));
        return $$"""{"type":"Unigram","unk_id":2,"byte_fallback":{{(byteFallback ? "true" : "false")}},"vocab":{{JsonSerializer.Serialize(entries.Select(entry => new object[] { entry.Token, entry.Score }))}}}""";
    }

    private static string Charsmap()
    {
        using var resource = typeof(TokenizerFiles).Assembly.GetManifestResourceStream("nmt_nfkc.charsmap.gz")!;
        using var map = new MemoryStream();
        new GZipStream(resource, CompressionMode.Decompress).CopyTo(map);
        return $$"""{"type":"Precompiled","precompiled_charsmap":"{{Convert.ToBase64String(map.ToArray())}}"}""";
    }

    // Each token is written with its id after an "@", 0 if there is none.
    private static string Template(string? first, string? second, string? last)
    {
        var tokens = new[] { first, second, last }.OfType<string>().Select(token => token.Split('@')).ToArray();
        var before = new[] { first, second }.OfType<string>().Select(Piece);
        var after = new[] { last }.OfType<string>().Select(Piece).ToArray();
        string[] single = [.. before, """{"Sequence":{"id":"A","type_id":0}}""", .. after];
        string[] pair = [.. single, """{"Sequence":{"id":"B","type_id":1}}""", .. after];
        var special = Braces(tokens.Select(token => (Name: JsonSerializer.Serialize(token[0]), Id: token.Length > 1 ? token[1] : "0"))
            .Select(token => $$"""{{token.Name}}:{"id":{{token.Name}},"ids":[{{token.Id}}],"tokens":[{{token.Name}}]}"""));
        return $$"""{"type":"TemplateProcessing","single":[{{string.Join(',', single)}}],"pair":[{{string.Join(',', pair)}}],"special_tokens":{{special}}}""";

        static string Piece(string token) => $$"""{"SpecialToken":{"id":{{JsonSerializer.Serialize(token.Split('@')[0])}},"type_id":0} }""";
    }

    private static string Special(params string[] contents) =>
        string.Join(',', contents.Select((content, id) => Added(id, content, "\"special\":true,\"normalized\":false")));

    private static string Added(int id, string content, string flags)
    {
        string[] names = ["single_word", "lstrip", "rstrip", "normalized", "special"];
        var missing = names.Where(name => !flags.Contains($"\"{name}\"", StringComparison.Ordinal)).Select(name => $"\"{name}\":false");
        return $$"""{"id":{{id}},"content":{{JsonSerializer.Serialize(content)}},{{string.Join(',', missing.Append(flags))}}}""";
    }

    private static string Braces(IEnumerable<string> fields) => "{" + string.Join(',', fields) + "}";

    private static string Sequence(string name, params string[] steps) => $$"""{"type":"Sequence","{{name}}":[{{string.Join(',', steps)}}]}""";

    private static string Write(string model, string normalizer, string preTokenizer, string postProcessor, string decoder, string added)
    {
        // Added tokens take the ids of the first entries of the vocabulary, so those entries carry their names.
        var file = JsonNode.Parse($$"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{{added}}],"normalizer":{{normalizer}},"pre_tokenizer":{{preTokenizer}},
            "post_processor":{{postProcessor}},"decoder":{{decoder}},"model":{{model}}}
            """)!;
        if (file["model"]!["vocab"] is JsonObject vocabulary)
        {
            foreach (var token in file["added_tokens"]!.AsArray())
            {
                if (vocabulary.Remove($"<reserved {token!["id"]}>"))
                {
                    vocabulary.Remove(token["content"]!.GetValue<string>());
                    vocabulary[token["content"]!.GetValue<string>()] = token["id"]!.GetValue<int>();
                }
            }
        }

        return file.ToJsonString();
    }
}
