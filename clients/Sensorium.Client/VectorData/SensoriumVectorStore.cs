using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Sensorium.V1;

namespace Sensorium.Client.VectorData;

/// <summary>Collections of a gateway as Microsoft.Extensions.VectorData has them. Shares the client's connection and does not close it.</summary>
internal sealed class SensoriumVectorStore(SensoriumClient client, SensoriumVectorStoreOptions options) : VectorStore
{
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
        {
            throw new ArgumentException($"Use {nameof(GetDynamicCollection)} for records that are dictionaries.");
        }

        return new SensoriumVectorCollection<TKey, TRecord>(client, name, RecordModel<TRecord>.OfType(definition), options);
    }

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        new SensoriumVectorCollection<object, Dictionary<string, object?>>(client, name, DynamicRecords.Of(definition), options);

    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = await VectorStoreCalls.RunAsync(
            null, "List", () => client.CollectionsAsync(new CollectionsRequest { List = new ListCollections() }, cancellationToken)).ConfigureAwait(false);
        foreach (var collection in listed.Collections)
        {
            yield return collection.Name;
        }
    }

    public override async Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        await VectorStoreCalls.DescribeAsync(client, name, cancellationToken).ConfigureAwait(false) is not null;

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        VectorStoreCalls.DropAsync(client, name, cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = VectorStoreCalls.SystemName }
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }
}
