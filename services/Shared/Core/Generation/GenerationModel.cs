using Sensorium.Core.Media;

namespace Sensorium.Core.Generation;

/// <summary>What a pack says about its decoder, beside the sizes of its graphs.</summary>
/// <param name="ModalityOrder">Order in which the sequences of several media are joined.</param>
/// <param name="Fusions">Sets of modalities that it was trained on.</param>
/// <param name="MaxTrainedPromptTokens">Longest prompt of training, the start token excluded.</param>
/// <param name="MaxTrainedSegments">Most segments of a modality in one request of training; 0: not as a fused medium.</param>
/// <param name="Languages">BCP 47.</param>
public sealed record GenerationModel(
    IReadOnlyList<Modality> ModalityOrder,
    IReadOnlyList<IReadOnlyList<Modality>> Fusions,
    int MaxTrainedPromptTokens,
    IReadOnlyDictionary<Modality, int> MaxTrainedSegments,
    IReadOnlyList<string> Languages,
    GenerationDefaults Defaults);
