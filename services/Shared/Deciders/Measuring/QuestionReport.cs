using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Measuring;

/// <summary>How well a question is answered, on cases that were held back in a cross-validation.</summary>
/// <param name="Cases">That have an outcome for it.</param>
/// <param name="Auroc">Of more than two options the mean over each against the others.</param>
/// <param name="Brier">Mean squared error of the probability that it is true; of more than two options of being right.</param>
/// <param name="CalibrationError">Mean distance of probability and share over the bins of the curve.</param>
public sealed record QuestionReport(
    Question Question,
    int Cases,
    IReadOnlyList<OptionCount> Options,
    Interval Auroc,
    double Brier,
    double CalibrationError,
    IReadOnlyList<CalibrationBin> Curve,
    IReadOnlyList<PartFigure> Parts,
    IReadOnlyList<FieldFigure> Fields,
    IReadOnlyList<CoveragePoint> Coverage);

public sealed record OptionCount(string Value, int Cases);

/// <param name="Probability">Mean of those in the bin.</param>
/// <param name="Share">Of its cases of which it is so.</param>
public sealed record CalibrationBin(double Probability, double Share, int Cases);

/// <summary>What one part of the cases tells.</summary>
/// <param name="Cases">That have it.</param>
/// <param name="Alone">AUROC of this part alone.</param>
/// <param name="Adds">AUROC of all parts less that without this one.</param>
public sealed record PartFigure(string Part, int Cases, Interval Alone, double Adds);

/// <summary>What one field tells.</summary>
/// <param name="Cases">That have it.</param>
/// <param name="Alone">AUROC of this field alone, whichever way it points.</param>
/// <param name="Missing">AUROC of whether it is filled in, whichever way that points: 0.5 says nothing.</param>
public sealed record FieldFigure(string Field, int Cases, double Alone, double Missing)
{
    private const double Suspicious = 0.995;

    /// <summary>It gives the outcome away: it may have been written down after the outcome was known.</summary>
    public bool Leaks => Alone >= Suspicious;
}

/// <summary>The error where only the most confident answers are given.</summary>
/// <param name="Coverage">Share of cases that are answered.</param>
/// <param name="Confidence">The least that is answered.</param>
public sealed record CoveragePoint(double Coverage, double Confidence, double Error);
