using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>One item that shall be put into a collection, as a face read it.</summary>
/// <param name="Index">Of the item in its stream, from 0.</param>
/// <param name="Id">Empty for the SHA-256 of the content.</param>
internal sealed record IndexEntry(long Index, string Id)
{
    /// <summary>To be encoded; null for vectors.</summary>
    public MediaInput? Media { get; private init; }

    /// <summary>Encoded by the caller; null for media.</summary>
    public OwnVectors? Vectors { get; private init; }

    public ItemMetadata Metadata { get; private init; } = ItemMetadata.Empty;

    /// <summary>What is wrong with the way it was written.</summary>
    public SensoriumException? Error { get; private init; }

    /// <summary>Of the message, for bounds.</summary>
    public long Bytes { get; init; }

    public static IndexEntry OfMedia(long index, string id, MediaInput media, ItemMetadata metadata) =>
        new(index, id) { Media = media, Metadata = metadata };

    public static IndexEntry OfVectors(long index, string id, OwnVectors vectors, ItemMetadata metadata) =>
        new(index, id) { Vectors = vectors, Metadata = metadata };

    public static IndexEntry Wrong(long index, string id, SensoriumException error) => new(index, id) { Error = error };
}

/// <param name="SpaceId">In which the caller encoded.</param>
/// <param name="Segments">Of any length.</param>
internal sealed record OwnVectors(string SpaceId, IReadOnlyList<ItemSegment> Segments, Modality? Modality);
