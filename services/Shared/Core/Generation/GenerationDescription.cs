using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.Generation;

/// <summary>What a decoder was trained for, and its limits.</summary>
/// <param name="Fusions">Modalities trained together; others are answered with a warning.</param>
/// <param name="MaxTokens">Prompt and output together.</param>
/// <param name="MaxFusedTokens">Feature tokens that one request may bring.</param>
public sealed record GenerationDescription(
    ModelIdentity Model,
    IReadOnlyList<IReadOnlyList<Modality>> Fusions,
    int MaxTrainedPromptTokens,
    int MaxTokens,
    int MaxFusedTokens,
    int MaxBeams,
    IReadOnlyList<string> Languages,
    bool Explains) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
