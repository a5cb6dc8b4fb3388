using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>What one encoder is asked of an entry.</summary>
/// <param name="IsImplied">Nobody asked for this track by name.</param>
internal sealed record MediumPart(EntryWork Work, ReceivedMedia Medium, MediaTrack Track, bool IsImplied)
{
    public EncodeOutcome? Outcome { get; set; }

    public bool IsOverloaded => Outcome?.Error?.IsPassingOverload == true;

    /// <summary>Fails if the encoder's vectors are not of the collection's space.</summary>
    public void CheckSpace(CollectionDefinition collection)
    {
        if (Outcome!.Encoded is not { } encoded)
        {
            return;
        }

        try
        {
            CollectionRules.CheckSpace(collection, encoded.Model.SpaceId, "item.media");
            CollectionRules.CheckWidth(collection, encoded.Embedding.Length, "item.media");
        }
        catch (SensoriumException error)
        {
            Outcome = EncodeOutcome.Failed(Outcome.ItemId, error);
        }
    }

    public IEnumerable<ItemSegment> Segments()
    {
        var encoded = Outcome!.Encoded!;
        return encoded.Segments.Count == 0
            ? [new ItemSegment(null, Track, encoded.Embedding)]
            : encoded.Segments.Select(segment => new ItemSegment(segment.Range, Track, segment.Embedding));
    }

    /// <summary>Why a track that the medium has is left out; null if it is not, or the medium has none.</summary>
    public string? Missing() => IsImplied && Outcome!.Error is { } error && error.Reason != ErrorReasons.NoSuchTrack
        ? $"The {Track} of the video cannot be found later: {error.Message}"
        : null;
}
