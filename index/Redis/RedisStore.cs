using Sensorium.Index.Collections;
using StackExchange.Redis;

namespace Sensorium.Index.Redis;

/// <summary>Collections in a server that speaks Redis' protocol and has vector sets. Any number of gateways share them.</summary>
internal sealed class RedisStore(RedisServers servers) : ICollectionStore
{
    public const string StoreName = "redis";

    public string Name => StoreName;

    private RedisKey Definitions => RedisKeys.Definitions(servers.Prefix);

    public Task<IReadOnlyList<CollectionDefinition>> ListAsync(CancellationToken cancellationToken) => servers.UseAsync<IReadOnlyList<CollectionDefinition>>(
        async server => [.. (await server.HashGetAllAsync(Definitions))
            .Select(entry => FactsJson.ReadDefinition(entry.Name!, entry.Value!).Definition)
            .OrderBy(definition => definition.Name, StringComparer.Ordinal)],
        cancellationToken);

    public async Task<ICollectionItems?> FindAsync(string name, CancellationToken cancellationToken) =>
        await servers.UseAsync(async server => await server.HashGetAsync(Definitions, name) is { IsNull: false } text ? Open(name, text!) : null, cancellationToken);

    public Task<ICollectionItems?> CreateAsync(CollectionDefinition definition, CancellationToken cancellationToken) => servers.UseAsync<ICollectionItems?>(
        async server =>
        {
            var text = FactsJson.Write(definition, Guid.NewGuid().ToString("N"));
            return await server.HashSetAsync(Definitions, definition.Name, text, When.NotExists) ? Open(definition.Name, text) : null;
        },
        cancellationToken);

    public async Task<bool> DropAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not RedisCollection collection)
        {
            return false;
        }

        // From here on nobody finds it; what is left behind if the rest fails is no collection's.
        var dropped = await servers.UseAsync(server => server.HashDeleteAsync(Definitions, name), cancellationToken);
        await collection.ClearAsync(cancellationToken);
        return dropped;
    }

    private RedisCollection Open(string name, string text)
    {
        var (definition, key) = FactsJson.ReadDefinition(name, text);
        return new RedisCollection(servers, definition, text, new RedisKeys(servers.Prefix, key));
    }
}
