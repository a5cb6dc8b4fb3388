using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>Compares what a request brings with what the decoder was trained on.</summary>
internal sealed class TrainedFusions(GenerationModel model)
{
    public IEnumerable<MediaWarning> Check(IReadOnlyDictionary<Modality, int> segments, int promptTokens)
    {
        if (!model.Fusions.Any(fusion => fusion.ToHashSet().SetEquals(segments.Keys)))
        {
            yield return new MediaWarning(
                WarningReasons.UntrainedFusion,
                $"The decoder was not trained on {Name(segments.Keys)} together, but on {string.Join("; ", model.Fusions.Select(Name))}.");
        }

        foreach (var (modality, count) in segments)
        {
            if (model.MaxTrainedSegments.TryGetValue(modality, out var most) && count > Math.Max(1, most))
            {
                yield return new MediaWarning(
                    WarningReasons.UntrainedFusion,
                    $"The request joins {count} segments of {modality}; the decoder was trained on at most {most}.");
            }
        }

        if (promptTokens > model.MaxTrainedPromptTokens)
        {
            yield return new MediaWarning(
                WarningReasons.UntrainedPromptLength,
                $"The prompt has {promptTokens} tokens; the decoder was trained on at most {model.MaxTrainedPromptTokens}.");
        }
    }

    private static string Name(IEnumerable<Modality> fusion) => string.Join(" + ", fusion.Order());
}
