namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>Decoding written down as plainly as possible: no batch, no cache, all tokens anew in every step.</summary>
internal static class Reference
{
    public static int[] Greedy(HashDecoder decoder, float memory, int[] prompt, int maxNewTokens)
    {
        var tokens = prompt.ToList();
        while (tokens.Count < prompt.Length + maxNewTokens)
        {
            var logits = decoder.Logits(memory, tokens);
            var best = Enumerable.Range(2, logits.Length - 2).MaxBy(id => logits[id]);
            if (best == HashDecoder.End)
            {
                break;
            }

            tokens.Add(best);
        }

        return [.. tokens.Skip(prompt.Length)];
    }

    /// <summary>log softmax over the tokens that may be produced (all but 0 and 1).</summary>
    public static double[] LogProbs(float[] logits)
    {
        var allowed = logits.Select((logit, id) => id < 2 ? double.NegativeInfinity : logit).ToArray();
        var normaliser = Math.Log(allowed.Sum(logit => Math.Exp(logit)));
        return [.. allowed.Select(logit => logit - normaliser)];
    }
}
