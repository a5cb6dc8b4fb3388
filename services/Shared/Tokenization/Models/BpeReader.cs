using System.Text.Json;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Models;

/// <summary>Reads the vocabulary and the merges of a BPE model.</summary>
internal static class BpeReader
{
    public static BpeModel Read(JsonSection section)
    {
        if (section.Optional("dropout") is { } dropout && dropout.AsDouble() != 0)
        {
            throw new TokenizerFormatException($"{dropout.Path} makes the tokens of a text a matter of chance, which is not supported");
        }

        var vocabulary = ModelReader.ReadVocabulary(section);
        var options = new BpeOptions
        {
            Prefix = section.OptionalString("continuing_subword_prefix") ?? "",
            Suffix = section.OptionalString("end_of_word_suffix") ?? "",
            UnknownId = section.OptionalString("unk_token") is { Length: > 0 } unknown && vocabulary.TryGetValue(unknown, out var id) ? id : null,
            FusesUnknown = section.Bool("fuse_unk", false),
            ByteFallback = section.Bool("byte_fallback", false),
            IgnoresMerges = section.Bool("ignore_merges", false),
        };
        return new BpeModel(vocabulary, ReadMerges(section, vocabulary, options.Prefix), options);
    }

    private static Dictionary<(int Left, int Right), BpeMerge> ReadMerges(
        JsonSection section, Dictionary<string, int> vocabulary, string prefix)
    {
        var merges = new Dictionary<(int Left, int Right), BpeMerge>();
        var rank = 0;
        foreach (var merge in section.Required("merges").Items())
        {
            var (left, right) = ReadPair(merge);
            if (!vocabulary.TryGetValue(left, out var leftId) || !vocabulary.TryGetValue(right, out var rightId)
                || !right.StartsWith(prefix, StringComparison.Ordinal) || !vocabulary.TryGetValue(left + right[prefix.Length..], out var merged))
            {
                throw new TokenizerFormatException($"{merge.Path} '{left} {right}' needs a token that is not in the vocabulary");
            }

            merges[(leftId, rightId)] = new BpeMerge(rank++, merged);
        }

        return merges;
    }

    // Written as "left right", or as a list of both.
    private static (string Left, string Right) ReadPair(JsonSection merge)
    {
        string[] parts = merge.Element.ValueKind == JsonValueKind.Array
            ? [.. merge.Items().Select(part => part.AsString())]
            : merge.AsString().Split(' ');
        return parts is [var left, var right] ? (left, right) : throw merge.Wrong("a pair of tokens");
    }
}
