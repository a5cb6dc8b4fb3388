using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.UnitTests.Oracle;

/// <summary>Small vocabularies trained on random texts: enough to make every step of a tokenizer matter.</summary>
internal static class Vocabularies
{
    private const int Merges = 700;

    public static IReadOnlyList<string> Corpus { get; } = MakeCorpus();

    public static IReadOnlyList<string> Alphabet { get; } =
        [.. Enumerable.Range(0, 256).Select(value => ByteLevelAlphabet.Character((byte)value).ToString())];

    /// <summary>Pairs that stand side by side most often, merged one after the other.</summary>
    public static (List<string> Tokens, List<(string Left, string Right)> Merges) TrainBpe(
        IEnumerable<string> words, IEnumerable<string> alphabet, string suffix)
    {
        var counts = words.Where(word => word.Length > 0).CountBy(word => word).ToArray();
        var symbols = counts.Select(word => Split(word.Key, suffix)).ToArray();
        var tokens = alphabet.Concat(symbols.SelectMany(word => word)).Distinct().ToList();
        var known = tokens.ToHashSet(StringComparer.Ordinal);
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < Merges && MostFrequent(counts, symbols) is { } pair)
        {
            merges.Add(pair);
            if (known.Add(pair.Left + pair.Right))
            {
                tokens.Add(pair.Left + pair.Right);
            }

            foreach (var word in symbols)
            {
                Merge(word, pair);
            }
        }

        return (tokens, merges);
    }

    /// <summary>Frequent parts of words with the logarithms of their shares as scores.</summary>
    public static List<(string Token, double Score)> TrainUnigram(IEnumerable<string> words)
    {
        var parts = words.SelectMany(word =>
            from start in Enumerable.Range(0, word.Length)
            from length in Enumerable.Range(1, Math.Min(8, word.Length - start))
            let part = word.Substring(start, length)
            where !char.IsLowSurrogate(part[0]) && !char.IsHighSurrogate(part[^1])
            select part);
        var counts = parts.CountBy(part => part).Where(part => part.Value >= 12)
            .OrderByDescending(part => part.Value).ThenBy(part => part.Key, StringComparer.Ordinal).Take(2500).ToArray();
        double total = counts.Sum(part => part.Value);
        return [.. counts.Select(part => (part.Key, Math.Round(Math.Log(part.Value / total) + (0.7 * part.Key.Length), 6)))];
    }

    public static IEnumerable<string> ByteTokens => Enumerable.Range(0, 256).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"));

    private static IReadOnlyList<string> MakeCorpus()
    {
        var texts = new RandomTexts(seed: 1, []);
        return [.. Enumerable.Range(0, 1500).Select(_ => texts.Next())];
    }

    private static List<string> Split(string word, string suffix)
    {
        var symbols = word.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        symbols[^1] += suffix;
        return symbols;
    }

    private static (string Left, string Right)? MostFrequent(KeyValuePair<string, int>[] counts, List<string>[] symbols)
    {
        var pairs = new Dictionary<(string Left, string Right), int>();
        for (var word = 0; word < counts.Length; word++)
        {
            for (var i = 0; i + 1 < symbols[word].Count; i++)
            {
                var pair = (symbols[word][i], symbols[word][i + 1]);
                pairs[pair] = pairs.GetValueOrDefault(pair) + counts[word].Value;
            }
        }

        return pairs.Count == 0 ? null : pairs.MaxBy(pair => pair.Value).Key;
    }

    private static void Merge(List<string> word, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < word.Count; i++)
        {
            if (word[i] == pair.Left && word[i + 1] == pair.Right)
            {
                word[i] += pair.Right;
                word.RemoveAt(i + 1);
            }
        }
    }
}
