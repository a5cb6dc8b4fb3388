namespace Sensorium.Deciders.Learning;

/// <summary>Logistic regression on a few inputs whose weights are drawn towards a value, by Newton's method.</summary>
internal static class RidgeLogistic
{
    private const int Steps = 60;

    // Where every case is told with certainty the cost seems flat, and a step would lead far astray.
    private const double LeastBend = 1e-3;

    /// <param name="inputs">One array for each input, of one number for each case.</param>
    /// <param name="labels">One for each case.</param>
    /// <param name="towards">What weights are drawn to.</param>
    /// <param name="strength">How strongly.</param>
    /// <returns>A weight for each input; the last number is the intercept, which is free.</returns>
    public static double[] Fit(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> labels, double towards, double strength)
    {
        var size = inputs.Count + 1;
        var weights = Enumerable.Repeat(towards, size).ToArray();
        weights[^1] = 0;
        var cost = Cost(inputs, labels, weights, towards, strength);
        for (var step = 0; step < Steps; step++)
        {
            var move = Solve(Derivatives(inputs, labels, weights, towards, strength));
            var (next, least) = Step(weights, move, moved => Cost(inputs, labels, moved, towards, strength), cost);
            var gained = cost - least;
            (weights, cost) = (next, least);
            if (gained <= 1e-10 * Math.Max(1, Math.Abs(cost)))
            {
                break;
            }
        }

        return weights;
    }

    // A whole step may lead far astray where probabilities are near 0 and 1: it is halved until it leads down.
    private static (double[] Weights, double Cost) Step(double[] weights, double[] move, Func<double[], double> costOf, double cost)
    {
        for (var share = 1.0; share > 1e-6; share /= 2)
        {
            double[] moved = [.. weights.Select((weight, j) => weight - share * move[j])];
            if (costOf(moved) is var found && found < cost)
            {
                return (moved, found);
            }
        }

        return (weights, cost);
    }

    private static double Cost(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> labels, double[] weights, double towards, double strength)
    {
        double[] sums = [.. Enumerable.Range(0, labels.Count).Select(i => weights[^1] + inputs.Select((input, j) => weights[j] * input[i]).Sum())];
        return labels.Count * LogOdds.Loss(sums, labels) + strength / 2 * weights[..^1].Sum(weight => (weight - towards) * (weight - towards));
    }

    // The second derivatives, and in the last column the first.
    private static double[][] Derivatives(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> labels, double[] weights, double towards, double strength)
    {
        var size = weights.Length;
        var system = Enumerable.Range(0, size).Select(_ => new double[size + 1]).ToArray();
        var row = new double[size];
        row[^1] = 1;
        for (var i = 0; i < labels.Count; i++)
        {
            var sum = weights[^1];
            for (var j = 0; j < inputs.Count; j++)
            {
                row[j] = inputs[j][i];
                sum += weights[j] * row[j];
            }

            var probability = LogOdds.ToProbability(sum);
            var (error, bend) = (probability - (labels[i] ? 1 : 0), Math.Max(probability * (1 - probability), LeastBend));
            for (var j = 0; j < size; j++)
            {
                system[j][size] += error * row[j];
                for (var k = 0; k < size; k++)
                {
                    system[j][k] += bend * row[j] * row[k];
                }
            }
        }

        for (var j = 0; j < inputs.Count; j++)
        {
            system[j][j] += strength;
            system[j][size] += strength * (weights[j] - towards);
        }

        return system;
    }

    // By elimination: the matrix is positive definite.
    private static double[] Solve(double[][] system)
    {
        var size = system.Length;
        for (var j = 0; j < size; j++)
        {
            for (var i = 0; i < size; i++)
            {
                var factor = i == j ? 0 : system[i][j] / system[j][j];
                for (var k = j; k <= size && factor != 0; k++)
                {
                    system[i][k] -= factor * system[j][k];
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(j => system[j][size] / system[j][j])];
    }
}
