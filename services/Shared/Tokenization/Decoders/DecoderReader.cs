using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.PreTokenizers;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Decoders;

/// <summary>The kinds of decoders that tokenizer.json may name.</summary>
internal static class DecoderReader
{
    private static readonly Dictionary<string, Func<JsonSection, ITokenDecoder>> Kinds = new(StringComparer.Ordinal)
    {
        ["Sequence"] = section => new SequenceDecoder([.. section.Required("decoders").Items().Select(Read)]),
        ["ByteLevel"] = _ => new ByteLevelDecoder(),
        ["ByteFallback"] = _ => new ByteFallbackDecoder(),
        ["WordPiece"] = ReadWordPiece,
        ["BPEDecoder"] = ReadBpe,
        ["Metaspace"] = ReadMetaspace,
        ["CTC"] = section => new CtcDecoder(
            section.OptionalString("pad_token") ?? "<pad>", section.OptionalString("word_delimiter_token") ?? "|", section.Bool("cleanup", true)),
        ["Fuse"] = _ => new FuseDecoder(),
        ["Replace"] = ReadReplace,
        ["Strip"] = ReadStrip,
    };

    public static ITokenDecoder Read(JsonSection section) =>
        Kinds.TryGetValue(section.Type, out var read) ? read(section) : throw section.Unsupported("decoder", section.Type);

    private static EachDecoder ReadWordPiece(JsonSection section)
    {
        var prefix = section.OptionalString("prefix") ?? "##";
        var cleans = section.Bool("cleanup", true);
        return new EachDecoder((token, isFirst, _) =>
        {
            var text = isFirst ? token : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
            return cleans ? EnglishCleanup.Apply(text) : text;
        });
    }

    private static EachDecoder ReadBpe(JsonSection section)
    {
        var suffix = section.OptionalString("suffix") is { Length: > 0 } found ? found : "</w>";
        return new EachDecoder((token, _, isLast) => token.Replace(suffix, isLast ? "" : " ", StringComparison.Ordinal));
    }

    private static EachDecoder ReadMetaspace(JsonSection section)
    {
        var replacement = MetaspacePreTokenizer.ReadReplacement(section).ToString();
        var wasPrepended = MetaspacePreTokenizer.ReadScheme(section) != MetaspacePreTokenizer.PrependScheme.Never;
        return new EachDecoder((token, isFirst, _) => token.Replace(replacement, isFirst && wasPrepended ? "" : " ", StringComparison.Ordinal));
    }

    private static EachDecoder ReadReplace(JsonSection section)
    {
        var find = PatternReader.Read(section.Required("pattern"));
        var content = section.RequiredString("content");
        return new EachDecoder((token, _, _) =>
        {
            var runs = new List<Splitter.Run>();
            find(token, 0, token.Length, runs);
            return string.Concat(runs.Select(run => run.IsDelimiter ? content : token[run.Start..run.End]));
        });
    }

    private static EachDecoder ReadStrip(JsonSection section)
    {
        var content = section.RequiredString("content");
        var (start, stop) = (section.Int("start", 0), section.Int("stop", 0));
        return new EachDecoder((token, _, _) =>
        {
            for (var i = 0; i < start && token.StartsWith(content, StringComparison.Ordinal); i++)
            {
                token = token[content.Length..];
            }

            for (var i = 0; i < stop && token.EndsWith(content, StringComparison.Ordinal); i++)
            {
                token = token[..^content.Length];
            }

            return token;
        });
    }
}
