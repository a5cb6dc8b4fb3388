using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.VectorData;
using Sensorium.V1;
using Type = System.Type;

namespace Sensorium.Client.VectorData;

/// <summary>
/// One collection. A record is an item: its key the id, its data the metadata, its vector a vector or a medium that the collection encodes.
/// Vectors are not given back.
/// </summary>
internal sealed class SensoriumVectorCollection<TKey, TRecord>(
    SensoriumClient client, string name, RecordModel<TRecord> model, SensoriumVectorStoreOptions options) : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private const int MaxPageSize = 1000;

    private string? _spaceId;

    public override string Name => name;

    public override async Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        await VectorStoreCalls.DescribeAsync(client, name, cancellationToken).ConfigureAwait(false) is not null;

    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        if (await CollectionExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var create = Contents.IsVector(model.Vector.Type)
            ? new CreateCollection { Name = name, SpaceId = options.SpaceId, Dimensions = model.Dimensions }
            : new CreateCollection { Name = name, Model = AI.MediaContents.Select(options.ModelId) };
        await RunAsync("Create", async () =>
        {
            try
            {
                return await client.CollectionsAsync(new CollectionsRequest { Create = create }, cancellationToken).ConfigureAwait(false);
            }
            catch (SensoriumCallException error) when (error.Code == StatusCode.AlreadyExists)
            {
                // Another one was quicker.
                return null;
            }
        }).ConfigureAwait(false);
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => VectorStoreCalls.DropAsync(client, name, cancellationToken);

    public override async Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckVectors(options?.IncludeVectors);
        return await ListAsync($"@id = {FilterText.Quote(RecordItems.IdOf(key))}", 1, cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    public override IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        CheckVectors(options?.IncludeVectors);
        if (options?.OrderBy is not null)
        {
            throw new NotSupportedException("Records come in the order of their keys.");
        }

        var skip = options?.Skip ?? 0;
        return ListAsync(new FilterTranslator<TRecord>(model).Translate(filter), skip + top, cancellationToken).Skip(skip).Take(top);
    }

    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

    /// <exception cref="VectorStoreException">One of them is refused; the others are kept.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var items = records.ToArray();
        if (items.Length == 0)
        {
            return;
        }

        await RunAsync("Upsert", async () =>
        {
            var space = Contents.IsVector(model.Vector.Type) ? await SpaceIdAsync(cancellationToken).ConfigureAwait(false) : "";
            var sent = items.Select(record => model.ToItem(record, space)).ToAsyncEnumerable();
            SensoriumCallException? failure = null;
            await foreach (var said in client.IndexAsync(new IndexHeader { Collection = name, Priority = Priority.Normal }, sent, cancellationToken).ConfigureAwait(false))
            {
                failure ??= said.Item?.Error is { } error ? new SensoriumCallException(StatusCode.InvalidArgument, error.Reason, $"{said.Item.Id}: {error.Message}") : null;
            }

            return failure is null ? true : throw failure;
        }).ConfigureAwait(false);
    }

    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        var request = new DeleteRequest { Collection = name, Ids = { keys.Select(key => RecordItems.IdOf(key)) } };
        if (request.Ids.Count > 0)
        {
            await RunAsync("Delete", () => client.DeleteAsync(request, cancellationToken)).ConfigureAwait(false);
        }
    }

    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        CheckVectors(options?.IncludeVectors);
        var (skip, wanted) = (options?.Skip ?? 0, (options?.Skip ?? 0) + top);
        var request = new SearchRequest { Collection = name, Queries = { ToQuery(searchValue) }, PageSize = Math.Min(wanted, MaxPageSize) };
        request.Filter = options?.Filter is { } filter ? new FilterTranslator<TRecord>(model).Translate(filter) : "";
        if (options?.ScoreThreshold is { } least)
        {
            request.MinScore = (float)least;
        }

        for (var seen = 0; seen < wanted;)
        {
            var page = await RunAsync("Search", () => client.SearchAsync(request, cancellationToken)).ConfigureAwait(false);
            foreach (var hit in page.Hits.Take(wanted - seen))
            {
                if (++seen > skip)
                {
                    yield return new VectorSearchResult<TRecord>(model.ToRecord(hit.Item), hit.Score);
                }
            }

            request.PageToken = page.NextPageToken;
            seen = request.PageToken.Length == 0 ? wanted : seen;
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? new VectorStoreCollectionMetadata { VectorStoreSystemName = VectorStoreCalls.SystemName, CollectionName = name }
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private Task<T> RunAsync<T>(string operation, Func<Task<T>> call) => VectorStoreCalls.RunAsync(name, operation, call);

    private async IAsyncEnumerable<TRecord> ListAsync(string filter, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListItemsRequest { Collection = name, Filter = filter, PageSize = Math.Min(most, MaxPageSize) };
        await using var items = client.ListItemsAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await RunAsync("Get", () => items.MoveNextAsync().AsTask()).ConfigureAwait(false))
        {
            yield return model.ToRecord(items.Current);
        }
    }

    private async Task<string> SpaceIdAsync(CancellationToken cancellationToken) => _spaceId ??=
        (await client.CollectionsAsync(new CollectionsRequest { Describe = new DescribeCollection { Name = name } }, cancellationToken).ConfigureAwait(false)).Collections.Single().SpaceId;

    private static SearchQuery ToQuery(object? value) =>
        Contents.ToVector(value) is { } vector ? new SearchQuery { Vector = vector } : new SearchQuery { Media = Contents.ToMedia(value) };

    private static void CheckVectors(bool? include)
    {
        if (include == true)
        {
            throw new NotSupportedException("Collections do not give vectors back.");
        }
    }
}
