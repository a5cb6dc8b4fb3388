using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Rules;
using Sensorium.Core.Generation.Sampling;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>The best continuations of all beams, best first; of equals, the earlier beam and the lower token.</summary>
internal sealed class BeamCandidates(DecodingParameters parameters, SamplingBuffers buffers, int[] prompt)
{
    private readonly LogitRules _rules = new(parameters, prompt.Length);

    // Every beam can end in each of the end tokens, and as many others are needed to go on.
    private readonly int _count = parameters.NumBeams * Math.Max(2, 1 + parameters.EndTokenIds.Count);
    private readonly List<BeamCandidate> _best = [];

    public IReadOnlyList<BeamCandidate> Best => _best;

    public void Clear() => _best.Clear();

    public void Add(int beamIndex, Beam beam, ReadOnlySpan<float> logits)
    {
        var normaliser = LogitMath.LogSumExp(logits);
        var ranked = Penalise(beam, logits, out var shift);
        for (var token = 0; token < ranked.Length; token++)
        {
            var rank = beam.Rank + ranked[token] - shift;
            if ((_best.Count < _count || rank > _best[^1].Rank) && !float.IsNegativeInfinity(rank))
            {
                Insert(new BeamCandidate(beamIndex, token, logits[token] - normaliser, rank));
            }
        }
    }

    private ReadOnlySpan<float> Penalise(Beam beam, ReadOnlySpan<float> logits, out float normaliser)
    {
        if (_rules.Any)
        {
            logits = _rules.Apply(logits, buffers.Logits, [.. prompt, .. beam.Path().Select(step => step.Token)], beam.Length);
        }

        normaliser = LogitMath.LogSumExp(logits);
        return logits;
    }

    private void Insert(BeamCandidate candidate)
    {
        var at = _best.Count;
        while (at > 0 && candidate.Rank > _best[at - 1].Rank)
        {
            at--;
        }

        _best.Insert(at, candidate);
        if (_best.Count > _count)
        {
            _best.RemoveAt(_count);
        }
    }
}
