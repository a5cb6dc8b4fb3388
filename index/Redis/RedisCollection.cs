using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;
using StackExchange.Redis;

namespace Sensorium.Index.Redis;

/// <summary>
/// One collection. The hash of an item is what counts: it is written in one command, after the vectors that it speaks of, and names
/// their generation. Vectors of another generation belong to nothing and are not seen.
/// </summary>
/// <param name="text">The definition as it stands in Redis; another one there means that this collection was dropped.</param>
internal sealed class RedisCollection(RedisServers servers, CollectionDefinition definition, string text, RedisKeys keys) : ICollectionItems
{
    private const int ItemsOfOneRead = 256;

    public CollectionDefinition Definition => definition;

    public Task<CollectionSize> CountAsync(CancellationToken cancellationToken) => UseAsync(
        async server =>
        {
            var items = server.SortedSetLengthAsync(keys.Ids);
            var segments = server.ExecuteAsync("VCARD", keys.Vectors);
            return new CollectionSize(await items, (long)await segments);
        },
        cancellationToken);

    public Task UpsertAsync(IReadOnlyList<IndexedItem> items, CancellationToken cancellationToken) => UseAsync(
        async server =>
        {
            // Of two of the same id the later one stays.
            var last = items.GroupBy(item => item.Facts.Id, StringComparer.Ordinal).Select(group => group.Last()).ToArray();
            var before = await Task.WhenAll(last.Select(item => StateAsync(server, item.Facts.Id)));
            var generation = Guid.NewGuid().ToString("N")[..12];
            await Task.WhenAll(last.SelectMany(item => item.Segments.Select((segment, i) => AddAsync(server, RedisKeys.Element(generation, i, item.Facts.Id), segment))));
            await server.SortedSetAddAsync(keys.Ids, [.. last.Select(item => new SortedSetEntry(item.Facts.Id, 0))]);
            await Task.WhenAll(last.Select(item => server.HashSetAsync(keys.Item(item.Facts.Id), RedisItem.Write(item, generation, definition.Width))));
            await Task.WhenAll(before.OfType<ItemState>().SelectMany(state => RemoveVectors(server, state)));
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => UseAsync<IReadOnlyList<string>>(
        async server =>
        {
            var there = (await Task.WhenAll(ids.Select(id => StateAsync(server, id)))).OfType<ItemState>().ToArray();
            var deleted = await Task.WhenAll(there.Select(async state => await server.KeyDeleteAsync(keys.Item(state.Id)) ? state.Id : null));
            await server.SortedSetRemoveAsync(keys.Ids, [.. there.Select(state => (RedisValue)state.Id)]);
            await Task.WhenAll(there.SelectMany(state => RemoveVectors(server, state)));
            return [.. deleted.OfType<string>()];
        },
        cancellationToken);

    public Task<IReadOnlyList<ItemMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) => new CandidateSearch(
        (count, token) => NearestAsync(query, count, token),
        (ids, token) => GetAsync(ids, ItemParts.Segments, token),
        token => EnumerateAsync(query.Filter, "", ItemParts.Segments, token)).RunAsync(query, cancellationToken);

    public Task<IReadOnlyList<IndexedItem>> GetAsync(IReadOnlyCollection<string> ids, ItemParts parts, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<IndexedItem>>(
            async server => [.. (await Task.WhenAll(ids.Select(id => ReadAsync(server, id, parts)))).OfType<IndexedItem>()], cancellationToken);

    public async IAsyncEnumerable<IndexedItem> EnumerateAsync(
        ItemFilter? filter, string afterId, ItemParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var read = ItemsOfOneRead; read == ItemsOfOneRead;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = afterId;
            var ids = await UseAsync(
                server => server.SortedSetRangeByValueAsync(keys.Ids, after.Length == 0 ? RedisValue.Null : after, exclude: Exclude.Start, take: ItemsOfOneRead), cancellationToken);
            var found = (await GetAsync([.. ids.Select(id => (string)id!)], ItemParts.None, cancellationToken)).Where(item => filter?.Matches(item.Facts) != false).ToArray();
            foreach (var item in parts == ItemParts.None ? found : await GetAsync([.. found.Select(item => item.Facts.Id)], parts, cancellationToken))
            {
                yield return item;
            }

            read = ids.Length;
            afterId = read == 0 ? afterId : ids[^1]!;
        }
    }

    /// <summary>Deletes everything of it.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => servers.UseAsync(
        async server =>
        {
            for (var ids = await NextAsync(); ids.Length > 0; ids = await NextAsync())
            {
                await server.KeyDeleteAsync([.. ids.Select(id => keys.Item(id!))]);
                await server.SortedSetRemoveAsync(keys.Ids, ids);
            }

            return await server.KeyDeleteAsync([keys.Ids, keys.Vectors]);

            Task<RedisValue[]> NextAsync() => server.SortedSetRangeByRankAsync(keys.Ids, 0, ItemsOfOneRead - 1);
        },
        cancellationToken);

    private Task<T> UseAsync<T>(Func<IDatabase, Task<T>> work, CancellationToken cancellationToken) => servers.UseAsync(
        async server => await server.HashGetAsync(RedisKeys.Definitions(servers.Prefix), definition.Name) == text ? await work(server) : throw CollectionRules.NotFound(definition.Name),
        cancellationToken);

    private Task<RedisResult> AddAsync(IDatabase server, string element, ItemSegment segment) =>
        server.ExecuteAsync("VADD", keys.Vectors, "FP32", MemoryMarshal.AsBytes(segment.Vector.Span).ToArray(), element, "NOQUANT", "EF", servers.Effort);

    private Task<(IReadOnlyCollection<string> Ids, bool AreAll)> NearestAsync(VectorQuery query, int count, CancellationToken cancellationToken) => UseAsync(
        async server =>
        {
            var vector = MemoryMarshal.AsBytes(query.Vector.Span).ToArray();
            var size = server.ExecuteAsync("VCARD", keys.Vectors);
            var elements = (RedisValue[]?)await server.ExecuteAsync("VSIM", keys.Vectors, "FP32", vector, "COUNT", count, "EF", Math.Max(count, servers.Effort)) ?? [];
            IReadOnlyCollection<string> ids = elements.Select(element => RedisKeys.Parse(element!).Id).ToHashSet(StringComparer.Ordinal);
            return (ids, elements.Length >= (long)await size);
        },
        cancellationToken);

    private async Task<ItemState?> StateAsync(IDatabase server, string id)
    {
        var values = await server.HashGetAsync(keys.Item(id), [RedisItem.Generation, RedisItem.Segments]);
        return values[0].IsNull ? null : new ItemState(id, values[0]!, SegmentBlob.Count(values[1].Length(), definition.Width));
    }

    private async Task<IndexedItem?> ReadAsync(IDatabase server, string id, ItemParts parts) =>
        RedisItem.Read(id, await server.HashGetAsync(keys.Item(id), RedisItem.FieldsOf(parts)), definition.Width);

    private IEnumerable<Task> RemoveVectors(IDatabase server, ItemState state) =>
        Enumerable.Range(0, state.Segments).Select(i => server.ExecuteAsync("VREM", keys.Vectors, RedisKeys.Element(state.Generation, i, state.Id)));

    private sealed record ItemState(string Id, string Generation, int Segments);
}
