using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Rules;

namespace Sensorium.Core.Generation.Sampling;

/// <summary>
/// Chooses the tokens of one sequence: rules of the request, then temperature, then top-k, then top-p, then a draw; or the
/// likeliest (of equals, the lowest id) where the temperature is 0.
/// </summary>
/// <param name="prompt">Start token, then the prompt.</param>
internal sealed class TokenSampler(DecodingParameters parameters, int choice, SamplingBuffers buffers, params IReadOnlyList<int> prompt)
{
    private readonly LogitRules _rules = new(parameters, prompt.Count);
    private readonly List<int> _tokens = [.. prompt];
    private int _step;

    /// <param name="logProb">Of the chosen token, before temperature and penalties.</param>
    public int Next(ReadOnlySpan<float> logits, out float logProb)
    {
        var normaliser = LogitMath.LogSumExp(logits);
        var token = Choose(logits);
        logProb = logits[token] - normaliser;
        _step++;
        _tokens.Add(token);
        return token;
    }

    private int Choose(ReadOnlySpan<float> logits)
    {
        logits = _rules.Apply(logits, buffers.Logits, CollectionsMarshal.AsSpan(_tokens), _step);
        return parameters.Samples ? Draw(logits) : TensorPrimitives.IndexOfMax(logits);
    }

    private int Draw(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, max, buffers.Logits);
        TensorPrimitives.Divide(buffers.Logits, parameters.Temperature, buffers.Logits);
        TensorPrimitives.Exp(buffers.Logits, buffers.Logits);
        var kept = CandidateFilter.Keep(buffers, parameters.TopK, parameters.TopP);
        return Pick(kept, Philox.Uniform(parameters.Seed, choice, _step));
    }

    private int Pick(int kept, double uniform)
    {
        var weights = buffers.Scratch.AsSpan(0, kept);
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var target = uniform * total;
        var reached = 0.0;
        for (var i = 0; i < kept; i++)
        {
            reached += weights[i];
            if (reached > target)
            {
                return buffers.TokenIds[i];
            }
        }

        return buffers.TokenIds[kept - 1];
    }
}
