using Sensorium.Core.Generation;

namespace Sensorium.Gateway.Http.Chat;

/// <summary>A whole answer, for callers who do not read it as it comes.</summary>
/// <param name="Choices">In the order of their index.</param>
internal sealed record CollectedAnswer(IReadOnlyList<CollectedChoice> Choices)
{
    /// <summary>Of the conversation, media included.</summary>
    public int PromptTokens => Choices[0].Finished.Usage.PromptTokens;

    /// <summary>Of all choices.</summary>
    public int CompletionTokens => Choices.Sum(choice => choice.Finished.Usage.GeneratedTokens);

    public static async Task<CollectedAnswer> CollectAsync(IAsyncEnumerable<CaptionEvent> events)
    {
        var (deltas, finished) = (new List<CaptionDelta>(), new List<CaptionFinished>());
        await foreach (var said in events)
        {
            switch (said)
            {
                case CaptionDelta delta:
                    deltas.Add(delta);
                    break;
                case CaptionFinished end:
                    finished.Add(end);
                    break;
            }
        }

        var byChoice = deltas.ToLookup(delta => delta.ChoiceIndex);
        return new CollectedAnswer([.. finished.OrderBy(end => end.ChoiceIndex).Select(end => new CollectedChoice(end, [.. byChoice[end.ChoiceIndex]]))]);
    }
}

internal sealed record CollectedChoice(CaptionFinished Finished, IReadOnlyList<CaptionDelta> Deltas);
