using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>The words of notes, each by how often it is there and how rare it is elsewhere; of length 1.</summary>
/// <param name="Words">In order of their places.</param>
/// <param name="Rarities">Of each word.</param>
internal sealed record WordsBlock(string[] Words, float[] Rarities) : IBlock
{
    public const string Id = "words";
    private const int MostWords = 40_000;
    private const int ManyCases = 500;

    private readonly Dictionary<string, int> _places =
        Words.Select((word, place) => (word, place)).ToDictionary(pair => pair.word, pair => pair.place, StringComparer.Ordinal);

    public string Name => Id;

    public string Part => "text";

    public int Width => Words.Length;

    public static WordsBlock? Fit(IReadOnlyList<TaughtCase> cases)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in cases.SelectMany(taught => WordReader.Terms(taught.Case).Distinct(StringComparer.Ordinal)))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        var fewest = cases.Count < ManyCases ? 2 : 3;
        var kept = counts.Where(pair => pair.Value >= fewest)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostWords)
            .ToArray();
        return kept.Length == 0
            ? null
            : new WordsBlock([.. kept.Select(pair => pair.Key)], [.. kept.Select(pair => MathF.Log((1f + cases.Count) / (1 + pair.Value)))]);
    }

    public FeatureRow? Read(DecisionCase given)
    {
        var counts = new SortedDictionary<int, int>();
        var any = false;
        foreach (var word in WordReader.Terms(given))
        {
            any = true;
            if (_places.TryGetValue(word, out var place))
            {
                counts[place] = counts.GetValueOrDefault(place) + 1;
            }
        }

        if (!any)
        {
            return null;
        }

        var values = counts.Select(pair => (1 + MathF.Log(pair.Value)) * Rarities[pair.Key]).ToArray();
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return new FeatureRow([.. counts.Keys], [.. values.Select(value => length > 0 ? value / length : 0)]);
    }

    public IEnumerable<PieceWeight> Pieces(DecisionCase given, ReadOnlyMemory<float> weights) => Read(given) is not { } row
        ? []
        : row.Values.Select((value, i) => new PieceWeight(EvidenceKind.Word, Words[row.Indices![i]], "", value * weights.Span[row.Indices[i]]));
}
