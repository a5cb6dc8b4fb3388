namespace Sensorium.Core.Generation.Speech;

/// <summary>What a model reads before it writes a window down: the caller's prompt, then what it has written itself, if that is carried over.</summary>
/// <param name="mark">Fed before it; null if the model knows none.</param>
/// <param name="carries">What has been written is read before the next window.</param>
/// <param name="prompt">Tokens of the caller's prompt, read before the first window.</param>
/// <param name="capacity">Of the decoder: half of it is left to what is written.</param>
internal sealed class PreviousText(int? mark, bool carries, IReadOnlyList<int> prompt, int capacity)
{
    // What was drawn less strictly than this misleads what follows.
    private const float HighestTrusted = 0.5f;

    private readonly List<int> _tokens = [.. prompt];

    /// <summary>To be fed first; empty if there is none.</summary>
    public int[] Tokens => mark is { } first && _tokens.Count > 0 ? [first, .. _tokens.TakeLast((capacity / 2) - 1)] : [];

    /// <param name="tokens">Of a window.</param>
    /// <param name="temperature">At which they were written.</param>
    public void Add(IEnumerable<int> tokens, float temperature)
    {
        if (!carries || temperature > HighestTrusted)
        {
            _tokens.Clear();
            return;
        }

        _tokens.AddRange(tokens);
    }
}
