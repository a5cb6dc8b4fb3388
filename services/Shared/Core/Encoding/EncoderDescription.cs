using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.Encoding;

/// <summary>What one model of an encoder is and can do.</summary>
public sealed record EncoderDescription(
    Modality Modality,
    ModelIdentity Model,
    int EmbeddingWidth,
    int FeatureWidth,
    EncoderLimits Limits,
    IReadOnlyList<string> Languages,
    IReadOnlyList<MediaTrack> Tracks) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<ModelTask> NamedTasks { get; init; } = [];

    /// <summary>Null if the model was not trained to make probabilities of similarities.</summary>
    public SimilarityScale? Similarity { get; init; }

    /// <summary>Null if the model has no labels of its own.</summary>
    public ModelLabels? Labels { get; init; }
}

/// <summary>Names the weights, and everything else that decides what comes out of them.</summary>
/// <param name="Revision">SHA-256 over the weights' files.</param>
/// <param name="Variant">"fp32", "fp16" or "int8".</param>
/// <param name="SpaceId">Embeddings can be compared if, and only if, this is equal.</param>
/// <param name="PreprocessingDigest">SHA-256 of everything that changes the model's input.</param>
/// <param name="Device">"cpu", "cuda:0".</param>
public sealed record ModelIdentity(
    string Id,
    string Revision,
    string Variant,
    string SpaceId,
    string PreprocessingDigest,
    string Device,
    string License)
{
    /// <summary>Ends the names of spaces whose vectors have any length.</summary>
    public const string UnscaledSpace = "-unscaled";

    /// <summary>Vectors are not brought to length 1.</summary>
    public bool KeepsLength => SpaceId.EndsWith(UnscaledSpace, StringComparison.Ordinal);
}

/// <summary>Limits of one encoder; 0 means that the limit does not apply to its modality.</summary>
/// <param name="MaxItems">Items of one request.</param>
/// <param name="MaxItemBytes">Bytes of one item as it comes, before it is decoded.</param>
/// <param name="MaxPixels">Width times height of a picture, or of one frame.</param>
/// <param name="MaxTokens">Tokens of a text that the model reads, special tokens included.</param>
/// <param name="MaxSegments">Segments of one item: clips of a video, windows of a sound.</param>
/// <param name="MaxDuration">Playing time of a sound or video.</param>
public sealed record EncoderLimits(
    int MaxItems,
    long MaxItemBytes,
    long MaxPixels,
    int MaxTokens,
    int MaxSegments,
    TimeSpan MaxDuration)
{
    public static EncoderLimits None { get; } = new(0, 0, 0, 0, 0, TimeSpan.Zero);
}
