using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Operations.Explanation;

/// <param name="Media">The medium, then the one that it was compared with, if its parts were weighed.</param>
/// <param name="Models">Each model that answered, once.</param>
internal sealed record Explained(
    IReadOnlyList<ExplainedMedium> Media, IReadOnlyList<ModelIdentity> Models, IReadOnlyList<MediaWarning> Warnings)
{
    /// <summary>Null unless it was asked about.</summary>
    public string? Caption { get; init; }
}

/// <param name="Modality">Whose encoder read the medium.</param>
/// <param name="Score">Of the medium as it is.</param>
internal sealed record ExplainedMedium(string ItemId, Modality Modality, double Score, Weighed Weighed)
{
    public PartLayout Layout => Weighed.Layout;

    /// <summary>Of a caption; the scores of <see cref="Weighed"/> are theirs, after their sum.</summary>
    public IReadOnlyList<CaptionToken> Tokens { get; init; } = [];
}

/// <param name="Text">Empty where it came with another token.</param>
/// <param name="LogProb">Given the medium, and the tokens before it.</param>
internal sealed record CaptionToken(int Id, string Text, double LogProb);

/// <param name="Scores">The weights of the parts, for each score.</param>
/// <param name="Runs">Altered media that were encoded.</param>
/// <param name="CacheHits">Of them, those that the cache answered.</param>
internal sealed record Weighed(PartLayout Layout, IReadOnlyList<PartWeights> Scores, int Runs, int CacheHits)
{
    public IReadOnlyList<double> Weights => Scores[0].Weights;

    public double? BlankScore => Scores[0].BlankScore;
}

/// <param name="BlankScore">With everything hidden; null where nothing would be left to encode.</param>
/// <param name="Weights">One for each part.</param>
/// <param name="Drawn">Null unless it was asked for.</param>
internal sealed record PartWeights(double? BlankScore, IReadOnlyList<double> Weights, Drawn? Drawn);
