using Sensorium.Core.Batching;
using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>What one encoder is made of.</summary>
/// <param name="Name">As in messages and metrics: "vision".</param>
/// <param name="Languages">BCP 47; what the model understands.</param>
/// <param name="Tracks">What of a medium it can take.</param>
/// <param name="Limits">The limits that the preprocessor keeps; those of <paramref name="Options"/> are put in.</param>
public sealed record EncoderSetup(
    Modality Modality,
    string Name,
    IEncoderModel Model,
    IMediaPreprocessor Preprocessor,
    IMediaResolver Resolver,
    EncoderOptions Options,
    EncoderLimits Limits,
    IReadOnlyList<string> Languages,
    IReadOnlyList<MediaTrack> Tracks)
{
    internal EncoderDescription Describe() => new(
        Modality,
        Model.Identity with { PreprocessingDigest = Preprocessor.Digest },
        Model.EmbeddingWidth,
        Model.FeatureWidth,
        Limits with { MaxItems = Options.MaxItems, MaxItemBytes = Options.MaxItemBytes, MaxSegments = Options.MaxSegments },
        Languages,
        Tracks)
    {
        Similarity = Model.Similarity,
        Labels = Model.Labels,
    };

    internal BatcherOptions BatcherOptions() => new()
    {
        MaxBatchSize = Model.MaxBatchSize == 0 ? Options.Batching.MaxBatchSize : Math.Min(Model.MaxBatchSize, Options.Batching.MaxBatchSize),
        MaxBatchWork = Options.Batching.MaxBatchWork,
        MaxQueueItems = Options.Batching.MaxQueueItems,
        MaxQueueWork = Options.Batching.MaxQueueWork,
        IdleAfter = Options.Batching.IdleAfter,
    };
}
