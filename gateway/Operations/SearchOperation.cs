using System.Globalization;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Gateway.Operations.Searching;
using Sensorium.Index;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Gateway.Operations;

/// <summary>Finds the items of a collection that are most like what is asked for.</summary>
internal sealed class SearchOperation(CollectionDirectory collections, QueryMixer mixer, IOptions<IndexOptions> options)
{
    private const int DefaultPageSize = 10;

    /// <exception cref="SensoriumException">The question is wrong, or a query cannot be encoded.</exception>
    public async Task<SearchPage> RunAsync(SearchQuestion question, CancellationToken cancellationToken)
    {
        var size = PageSizes.Check(question.PageSize, DefaultPageSize, options.Value.MaxPageSize);
        var filter = ItemFilter.Parse(question.Filter, "filter");
        CheckMinScore(question.MinScore);
        var collection = await collections.FindAsync(question.Collection, "collection", cancellationToken);
        var query = await mixer.MixAsync(question.Queries, collection.Definition, question.Encoding, cancellationToken);
        var request = QuestionIdentity.Of(question);
        var skip = int.Parse(PageTokens.Read(question.PageToken, request) ?? "0", CultureInfo.InvariantCulture);
        CheckDepth(skip + size);

        // One more tells whether there is another page.
        var found = await collection.SearchAsync(
            new VectorQuery(query.Vector, filter, skip, size + 1, question.MinScore ?? float.NegativeInfinity), cancellationToken);
        var next = found.Count > size ? PageTokens.Write((skip + size).ToString(CultureInfo.InvariantCulture), request) : "";
        var hits = await AttachAsync(collection, [.. found.Take(size)], question.WithThumbnails, cancellationToken);
        return new SearchPage(hits, next, collection.Definition.SpaceId, query.Models, query.Warnings);
    }

    private static void CheckMinScore(float? minScore)
    {
        if (minScore is not (null or (>= -1 and <= 1)))
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"min_score is {minScore}; a similarity is in [-1, 1].", "min_score");
        }
    }

    private void CheckDepth(int depth)
    {
        if (depth > options.Value.MaxHits)
        {
            throw PageSizes.TooLarge(
                $"The page would end at hit {depth}; at most {options.Value.MaxHits} are answered to one question. Narrow it by a filter.", options.Value.MaxHits);
        }
    }

    private static async Task<IReadOnlyList<SearchHit>> AttachAsync(
        ICollectionItems collection, ItemMatch[] matches, bool withThumbnails, CancellationToken cancellationToken)
    {
        var thumbnails = withThumbnails && matches.Length > 0
            ? (await collection.GetAsync([.. matches.Select(match => match.Facts.Id)], ItemParts.Thumbnail, cancellationToken))
                .ToDictionary(item => item.Facts.Id, item => item.Thumbnail, StringComparer.Ordinal)
            : [];
        return [.. matches.Select(match => new SearchHit(match, thumbnails.GetValueOrDefault(match.Facts.Id)))];
    }
}
