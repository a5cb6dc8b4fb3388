using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Deciding;

/// <summary>One question answered, or not.</summary>
/// <param name="Probabilities">One for each option, adding up to 1.</param>
/// <param name="Best">Place of the most probable option.</param>
/// <param name="Calibrated">Probabilities were measured on cases held back; else they only rank.</param>
/// <param name="Evidence">Weightiest first.</param>
/// <param name="Similar">Most similar first.</param>
public sealed record Answer(
    Question Question,
    IReadOnlyList<double> Probabilities,
    int Best,
    bool Calibrated,
    Abstention? Abstained,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<SimilarCase> Similar)
{
    public double Confidence => Probabilities[Best];

    /// <summary>The expected level, counted from 0, of a score.</summary>
    public double ExpectedLevel => Probabilities.Select((probability, level) => probability * level).Sum();
}

/// <summary>
/// A piece of what speaks for an answer. Weights are log-odds: above 0 for the answer, below 0 against it. Of a predicate the answer
/// is "true"; of a choice or a score it is the most probable option.
/// </summary>
/// <param name="Part">"fields", or the name of a modality.</param>
/// <param name="Where">Name of a field, a word, or the medium's id; empty for all of the part.</param>
/// <param name="Said">Value of the field.</param>
public sealed record Evidence(EvidenceKind Kind, string Part, string Where, string Said, double Weight);

/// <param name="Similarity">In [-1, 1].</param>
/// <param name="Outcome">Its value for the question; empty if it has none.</param>
public sealed record SimilarCase(string Id, double Similarity, string Outcome);

/// <summary>Why a question is not answered. Probabilities are told nevertheless.</summary>
public enum Abstention
{
    /// <summary>The case has nothing that was taught.</summary>
    NoEvidence,

    /// <summary>It is less like every taught case than any of those is like the rest.</summary>
    UnlikeTaughtCases,

    /// <summary>Less confident than the caller asks for.</summary>
    LowConfidence,
}

/// <param name="MinConfidence">Answers below are abstained from; 0 answers all.</param>
/// <param name="Coverage">Answer only so large a share of cases as those taught, the most confident; 1 answers all.</param>
/// <param name="Evidence">Most pieces to tell; 0 tells none.</param>
/// <param name="Similar">Most similar cases to tell; 0 tells none.</param>
public sealed record DecideOptions(double MinConfidence = 0, double Coverage = 1, int Evidence = 20, int Similar = 3)
{
    public static DecideOptions Default { get; } = new();
}
