namespace Sensorium.Core.Generation.Speech;

/// <summary>
/// When each token of a window is said, from what the heads that are made for it look at: weights are standardised over the tokens, smoothed
/// along the sound, and a path through them is found that goes forward in both (dynamic time warping; Radford et al. 2022).
/// </summary>
internal static class TokenAlignment
{
    private const int SmoothingWidth = 7;

    /// <param name="tokens">One row of weights for each head and token, [encoder tokens]; prompt first.</param>
    /// <param name="promptTokens">Rows that only serve to standardise.</param>
    /// <param name="length">Encoder tokens that hold sound.</param>
    /// <returns>For each token behind the prompt, the encoder token that it begins at.</returns>
    public static int[] Align(IReadOnlyList<float[][]> tokens, int promptTokens, int length)
    {
        if (tokens.Count <= promptTokens)
        {
            return [];
        }

        var cost = new float[tokens.Count - promptTokens][];
        for (var i = 0; i < cost.Length; i++)
        {
            cost[i] = new float[length];
        }

        for (var head = 0; head < tokens[0].Length; head++)
        {
            AddHead([.. tokens.Select(token => token[head])], promptTokens, cost);
        }

        return Starts(cost);
    }

    // Costs are negative means over the heads.
    private static void AddHead(float[][] weights, int promptTokens, float[][] cost)
    {
        var length = cost[0].Length;
        var heads = new float[weights.Length][];
        for (var token = 0; token < weights.Length; token++)
        {
            heads[token] = new float[length];
        }

        for (var place = 0; place < length; place++)
        {
            var mean = weights.Average(row => (double)row[place]);
            var deviation = Math.Sqrt(weights.Average(row => Math.Pow(row[place] - mean, 2)));
            for (var token = 0; token < weights.Length; token++)
            {
                heads[token][place] = deviation == 0 ? 0 : (float)((weights[token][place] - mean) / deviation);
            }
        }

        for (var i = 0; i < cost.Length; i++)
        {
            var smooth = Median(heads[promptTokens + i]);
            for (var place = 0; place < length; place++)
            {
                cost[i][place] -= smooth[place];
            }
        }
    }

    // Mirrored at the ends.
    private static float[] Median(float[] values)
    {
        var result = new float[values.Length];
        Span<float> window = stackalloc float[SmoothingWidth];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < SmoothingWidth; j++)
            {
                var place = Math.Abs(i + j - (SmoothingWidth / 2));
                place = place < values.Length ? place : (2 * (values.Length - 1)) - place;
                window[j] = values[Math.Clamp(place, 0, values.Length - 1)];
            }

            window.Sort();
            result[i] = window[SmoothingWidth / 2];
        }

        return result;
    }

    private static int[] Starts(float[][] cost)
    {
        var steps = Walk(cost);
        var starts = new int[cost.Length];
        var (token, place) = (cost.Length, cost[0].Length);
        while (token > 0 && place > 0)
        {
            starts[token - 1] = place - 1;
            (token, place) = steps[token, place] switch
            {
                Step.Both => (token - 1, place - 1),
                Step.Token => (token - 1, place),
                _ => (token, place - 1),
            };
        }

        return starts;
    }

    private static Step[,] Walk(float[][] cost)
    {
        var steps = new Step[cost.Length + 1, cost[0].Length + 1];
        var total = new double[cost.Length + 1, cost[0].Length + 1];
        for (var token = 0; token <= cost.Length; token++)
        {
            total[token, 0] = double.PositiveInfinity;
        }

        for (var place = 1; place <= cost[0].Length; place++)
        {
            total[0, place] = double.PositiveInfinity;
        }

        total[0, 0] = 0;
        for (var place = 1; place <= cost[0].Length; place++)
        {
            for (var token = 1; token <= cost.Length; token++)
            {
                var (both, alone, on) = (total[token - 1, place - 1], total[token - 1, place], total[token, place - 1]);
                (steps[token, place], var least) = both < alone && both < on ? (Step.Both, both) : alone < both && alone < on ? (Step.Token, alone) : (Step.Place, on);
                total[token, place] = cost[token - 1][place - 1] + least;
            }
        }

        return steps;
    }

    private enum Step : byte
    {
        Place,
        Token,
        Both,
    }
}
