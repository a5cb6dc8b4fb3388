namespace Sensorium.Testing.Shared.Decoding;

/// <summary>Decoding written down as plainly as possible: no batch, no cache, nothing shared between steps.</summary>
/// <param name="Logits">What follows the given tokens.</param>
/// <param name="End">The token that ends a caption.</param>
/// <param name="Suppressed">Tokens that are never produced.</param>
public sealed record PlainDecoding(Func<IReadOnlyList<int>, float[]> Logits, int End, params IReadOnlyList<int> Suppressed)
{
    /// <summary>The likeliest token again and again; the prompt and the closing token are left out.</summary>
    public int[] Greedy(int[] prompt, int maxNewTokens)
    {
        var tokens = prompt.ToList();
        while (tokens.Count < prompt.Length + maxNewTokens)
        {
            var logits = Logits(tokens);
            var best = Enumerable.Range(0, logits.Length).Except(Suppressed).MaxBy(id => logits[id]);
            if (best == End)
            {
                break;
            }

            tokens.Add(best);
        }

        return [.. tokens.Skip(prompt.Length)];
    }

    /// <summary>Hugging Face's beam search with early_stopping=False: the best beams, best first, without the closing token.</summary>
    public IEnumerable<int[]> BeamSearch(int[] prompt, int width, int maxNewTokens, float lengthPenalty)
    {
        var finished = new List<Candidate>();
        List<Candidate> live = [new(0, prompt)];
        for (var length = 1; ; length++)
        {
            var best = live.SelectMany(Continue).OrderByDescending(candidate => candidate.Score).Take(2 * width).ToList();
            var divisor = Math.Pow(length, lengthPenalty);
            finished.AddRange(best.Take(width).Where(IsEnded).Select(candidate => candidate with { Score = candidate.Score / divisor }));
            finished = [.. finished.OrderByDescending(candidate => candidate.Score).Take(width)];
            live = [.. best.Where(candidate => !IsEnded(candidate)).Take(width)];
            var done = finished.Count == width && finished[^1].Score >= best[0].Score / divisor;
            if (!done && length < maxNewTokens)
            {
                continue;
            }

            finished.AddRange(done ? [] : live.Select(candidate => candidate with { Score = candidate.Score / divisor }));
            return finished.OrderByDescending(candidate => candidate.Score).Take(width)
                .Select(candidate => candidate.Tokens.Skip(prompt.Length).Where(token => token != End).ToArray());
        }
    }

    /// <summary>The likeliest of all captions that can be: for trees small enough to be walked.</summary>
    public int[] Best(int[] prompt, int maxNewTokens) =>
        [.. All(new Candidate(0, prompt), maxNewTokens).MaxBy(candidate => candidate.Score)!.Tokens.Skip(prompt.Length).Where(token => token != End)];

    private IEnumerable<Candidate> All(Candidate candidate, int left) =>
        left == 0 || IsEnded(candidate) ? [candidate] : Continue(candidate).SelectMany(next => All(next, left - 1));

    private bool IsEnded(Candidate candidate) => candidate.Tokens[^1] == End;

    private IEnumerable<Candidate> Continue(Candidate candidate)
    {
        var logits = Logits(candidate.Tokens);
        int[] allowed = [.. Enumerable.Range(0, logits.Length).Except(Suppressed)];
        var max = allowed.Max(id => logits[id]);
        var normaliser = max + Math.Log(allowed.Sum(id => Math.Exp(logits[id] - max)));
        return allowed.Select(id => new Candidate(candidate.Score + logits[id] - normaliser, [.. candidate.Tokens, id]));
    }

    private sealed record Candidate(double Score, int[] Tokens);
}
