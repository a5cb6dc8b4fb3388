using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Collections of items that a test makes, to be read.</summary>
internal sealed class FakeCollections : ICollectionStore
{
    private readonly Dictionary<string, ItemsOfTest> _collections = new(StringComparer.Ordinal);

    public string Name => "fake";

    public void Add(string name, string space, IEnumerable<IndexedItem> items) =>
        _collections[name] = new ItemsOfTest(new CollectionDefinition(name, space, 2, "", DateTimeOffset.UnixEpoch), [.. items]);

    public static IndexedItem Item(string id, Modality? modality, IReadOnlyList<ItemSegment> segments, string text, params (string Name, MetadataValue Value)[] metadata)
    {
        var fields = ItemMetadata.Of(metadata.Select(field => KeyValuePair.Create(field.Name, field.Value)), "metadata");
        return new IndexedItem(new ItemFacts(id, modality, "", "", 0, null, text, fields, DateTimeOffset.UnixEpoch), segments, default, default);
    }

    public Task<IReadOnlyList<CollectionDefinition>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ICollectionItems?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<ICollectionItems?>(_collections.GetValueOrDefault(name));

    public Task<ICollectionItems?> CreateAsync(CollectionDefinition definition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DropAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class ItemsOfTest(CollectionDefinition definition, IReadOnlyList<IndexedItem> items) : ICollectionItems
    {
        public CollectionDefinition Definition => definition;

        public Task<CollectionSize> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UpsertAsync(IReadOnlyList<IndexedItem> items, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ItemMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<IndexedItem>> GetAsync(IReadOnlyCollection<string> ids, ItemParts parts, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<IndexedItem> EnumerateAsync(ItemFilter? filter, string afterId, ItemParts parts, CancellationToken cancellationToken) =>
            items.Where(item => filter?.Matches(item.Facts) ?? true).ToAsyncEnumerable();
    }
}
