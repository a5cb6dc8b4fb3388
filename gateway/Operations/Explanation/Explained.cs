using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Operations.Explanation;

/// <param name="Media">The medium, then the one that it was compared with, if its parts were weighed.</param>
/// <param name="Models">Each model that answered, once.</param>
internal sealed record Explained(IReadOnlyList<ExplainedMedium> Media, string SpaceId, IReadOnlyList<ModelIdentity> Models, IReadOnlyList<MediaWarning> Warnings);

/// <param name="Modality">Whose encoder read the medium.</param>
/// <param name="Score">Of the medium as it is.</param>
/// <param name="Encoding">How the medium itself was embedded.</param>
internal sealed record ExplainedMedium(
    string ItemId, Modality Modality, double Score, PartLayout Layout, Weighed Weighed, EncodeOutcome Encoding)
{
    /// <summary>Null unless it was asked for.</summary>
    public Drawn? Drawn { get; init; }
}

/// <param name="Weights">One for each part.</param>
/// <param name="BlankScore">With everything hidden; null where nothing would be left to encode.</param>
/// <param name="Runs">Altered media that were encoded.</param>
/// <param name="CacheHits">Of them, those that the cache answered.</param>
internal sealed record Weighed(IReadOnlyList<double> Weights, double? BlankScore, int Runs, int CacheHits);
