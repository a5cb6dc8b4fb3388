namespace Sensorium.Tokenization.Decoders;

/// <summary>Takes out the spaces that splitting English put before signs and short forms.</summary>
internal static class EnglishCleanup
{
    private static readonly (string From, string To)[] Changes =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public static string Apply(string text) =>
        Changes.Aggregate(text, (current, change) => current.Replace(change.From, change.To, StringComparison.Ordinal));
}
