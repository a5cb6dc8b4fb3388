using Sensorium.Core.Generation;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

internal static class TokenLogProbs
{
    /// <summary>
    /// One for each token. Tokens whose bytes do not end a character come together with the one that does, which then has the text
    /// of all of them.
    /// </summary>
    public static IEnumerable<TokenLogProb> Of(CaptionDelta delta) => delta.LogProbs.Select((logProb, i) =>
    {
        var text = i == delta.LogProbs.Count - 1 ? delta.Text : "";
        return new TokenLogProb(text, logProb, [.. System.Text.Encoding.UTF8.GetBytes(text).Select(one => (int)one)]);
    });
}
