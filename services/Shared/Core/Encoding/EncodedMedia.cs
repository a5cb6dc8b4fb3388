using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding;

/// <summary>A medium in the joint space.</summary>
/// <param name="Embedding">[width]: the duration-weighted mean of the segments', of length 1 where theirs are.</param>
/// <param name="SegmentsAvailable">Segments that the medium has; more than were encoded means that they were evenly chosen.</param>
/// <param name="Truncated">The medium was longer than what was encoded.</param>
public sealed record EncodedMedia(
    ReadOnlyMemory<float> Embedding,
    IReadOnlyList<EncodedSegment> Segments,
    int SegmentsAvailable,
    bool Truncated,
    ModelIdentity Model);

/// <param name="Range">Null for text and pictures.</param>
/// <param name="Embedding">[width], of length 1 unless the model's vectors keep theirs.</param>
/// <param name="Features">Null unless features were asked for.</param>
public sealed record EncodedSegment(TimeRange? Range, ReadOnlyMemory<float> Embedding, FeatureSequence? Features)
{
    /// <summary>Null if it is not a part of a picture that was cut.</summary>
    public Tile? Tile { get; init; }
}

/// <summary>The sequence that fusion joins: [Tokens, Width], row major.</summary>
public sealed record FeatureSequence(int Tokens, int Width, ReadOnlyMemory<float> Data)
{
    /// <summary>How they lie, picture by picture, where the decoder needs to know; else none.</summary>
    public IReadOnlyList<TokenGrid> Grids { get; init; } = [];

    /// <summary>The sequence contradicts itself.</summary>
    public bool IsMalformed => Data.Length != Tokens * Width || (Grids.Count > 0 && Grids.Sum(grid => (long)grid.Tokens) != Tokens);
}
