using System.Text;
using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Text;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization.PreTokenizers;

/// <summary>The kinds of pre-tokenizers that tokenizer.json may name.</summary>
internal static class PreTokenizerReader
{
    private static readonly Dictionary<string, Func<JsonSection, IPreTokenizer>> Kinds = new(StringComparer.Ordinal)
    {
        ["Sequence"] = section => new SequencePreTokenizer([.. section.Required("pretokenizers").Items().Select(Read)]),
        ["ByteLevel"] = section => new ByteLevelPreTokenizer(section.Bool("add_prefix_space", true), section.Bool("use_regex", true)),
        ["Metaspace"] = MetaspacePreTokenizer.Read,
        ["Split"] = ReadSplit,
        ["Digits"] = section => Characters(
            CharacterKinds.IsNumber, section.Bool("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        ["Punctuation"] = section => Characters(CharacterKinds.IsPunctuation, section.Choice("behavior", SplitBehavior.Isolated)),
        ["Whitespace"] = _ => new SplitPreTokenizer(WordsAndSigns, SplitBehavior.Removed),
        ["WhitespaceSplit"] = _ => Characters(Rune.IsWhiteSpace, SplitBehavior.Removed),
        ["CharDelimiterSplit"] = section => new SplitPreTokenizer(PatternReader.Literal(section.RequiredString("delimiter")), SplitBehavior.Removed),
        ["BertPreTokenizer"] = _ => new SequencePreTokenizer(
            [Characters(Rune.IsWhiteSpace, SplitBehavior.Removed), Characters(CharacterKinds.IsPunctuation, SplitBehavior.Isolated)]),
    };

    public static IPreTokenizer Read(JsonSection section) =>
        Kinds.TryGetValue(section.Type, out var read) ? read(section) : throw section.Unsupported("pre_tokenizer", section.Type);

    private static SplitPreTokenizer Characters(Func<Rune, bool> isDelimiter, SplitBehavior behavior) =>
        new(Splitter.Characters(isDelimiter), behavior);

    private static SplitPreTokenizer ReadSplit(JsonSection section)
    {
        var find = PatternReader.Read(section.Required("pattern"));
        return new SplitPreTokenizer(
            section.Bool("invert", false) ? Splitter.Invert(find) : find, section.Choice("behavior", SplitBehavior.Removed));
    }

    // Runs of letters and runs of signs; white space lies between.
    private static void WordsAndSigns(string text, int start, int end, List<Splitter.Run> runs)
    {
        while (start < end)
        {
            var kind = KindAt(text, start, end, out var length);
            var next = start + length;
            while (next < end && KindAt(text, next, end, out length) == kind)
            {
                next += length;
            }

            runs.Add(new Splitter.Run(start, next, IsDelimiter: kind == 0));
            start = next;
        }
    }

    private static int KindAt(string text, int start, int end, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(start, end - start), out var rune, out length);
        return Rune.IsWhiteSpace(rune) ? 0 : CharacterKinds.IsWord(rune) ? 1 : 2;
    }
}
