using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Searching;

/// <param name="Queries">Mixed by their weights.</param>
/// <param name="Filter">Empty for all items.</param>
/// <param name="PageSize">0 for the default.</param>
/// <param name="PageToken">Empty for the first page.</param>
/// <param name="MinScore">Null for all.</param>
/// <param name="Encoding">Everything of the batches but their items and model.</param>
internal sealed record SearchQuestion(
    string Collection,
    IReadOnlyList<WeightedQuery> Queries,
    string Filter,
    int PageSize,
    string PageToken,
    float? MinScore,
    bool WithThumbnails,
    EncodeBatch Encoding);

/// <summary>Either a medium or a vector.</summary>
/// <param name="Field">Where it is in the request.</param>
internal sealed record WeightedQuery(string Field, MediaInput? Media, ReadOnlyMemory<float> Vector, float Weight);

/// <param name="Hits">Best first.</param>
/// <param name="NextPageToken">Empty on the last page.</param>
internal sealed record SearchPage(
    IReadOnlyList<SearchHit> Hits, string NextPageToken, string SpaceId, IReadOnlyList<ModelIdentity> Models, IReadOnlyList<MediaWarning> Warnings);

/// <param name="Thumbnail">Empty unless it was asked for.</param>
internal sealed record SearchHit(ItemMatch Match, ReadOnlyMemory<byte> Thumbnail);
