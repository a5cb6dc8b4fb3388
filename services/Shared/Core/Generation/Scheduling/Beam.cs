namespace Sensorium.Core.Generation.Scheduling;

/// <summary>One token of a beam, linked to those before it: beams that part share their beginning.</summary>
/// <param name="Score">Sum of log-probabilities before penalties, up to and with this token.</param>
/// <param name="Rank">What beams are ordered by: the same sum after the repetition penalty.</param>
internal sealed record Beam(Beam? Parent, int Token, float LogProb, float Score, float Rank, int Length, TokenAttention? Attention)
{
    public static Beam Start { get; } = new(null, -1, 0, 0, 0, 0, null);

    public Beam Append(int token, float logProb, float rank, TokenAttention? attention) =>
        new(this, token, logProb, Score + logProb, rank, Length + 1, attention);

    /// <summary>All tokens, first to last.</summary>
    public Beam[] Path()
    {
        var path = new Beam[Length];
        for (var (beam, i) = (this, Length - 1); i >= 0; beam = beam.Parent!, i--)
        {
            path[i] = beam;
        }

        return path;
    }
}

/// <summary>A finished beam.</summary>
/// <param name="Normalised">Rank / length^length_penalty.</param>
internal sealed record Hypothesis(Beam Beam, float Normalised, CaptionFinishReason Reason);

/// <summary>A beam and one token that may follow it.</summary>
internal readonly record struct BeamCandidate(int BeamIndex, int Token, float LogProb, float Rank);
