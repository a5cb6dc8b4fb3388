using Sensorium.Core.Generation;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

internal static class CaptionEvents
{
    /// <summary>Everything of a caption that must not depend on what else runs: token ids, log-probabilities, text, reason, score.</summary>
    public static string Describe(this IEnumerable<CaptionEvent> events) => string.Join(
        "\n",
        events.Where(next => next is CaptionDelta or CaptionFinished).OrderBy(next => next.ChoiceIndex).Select(next => next switch
        {
            CaptionDelta delta => $"{delta.ChoiceIndex}: {string.Join(",", delta.TokenIds)} '{delta.Text}' {string.Join(",", delta.LogProbs)}",
            CaptionFinished end => $"{end.ChoiceIndex}: {end.Reason} '{end.Text}' {end.Score} {end.Usage.GeneratedTokens}",
            _ => "",
        }));

    public static CaptionFinished Finished(this IEnumerable<CaptionEvent> events, int choice = 0) =>
        events.OfType<CaptionFinished>().Single(end => end.ChoiceIndex == choice);

    public static int[] Tokens(this IEnumerable<CaptionEvent> events, int choice = 0) =>
        [.. events.OfType<CaptionDelta>().Where(delta => delta.ChoiceIndex == choice).SelectMany(delta => delta.TokenIds)];
}
