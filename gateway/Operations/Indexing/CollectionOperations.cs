using Sensorium.Gateway.Operations.Searching;
using Sensorium.Index;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Everything that has to do with collections.</summary>
internal static class CollectionOperations
{
    public static void AddCollectionOperations(this IServiceCollection services)
    {
        services.AddCollections();
        services.AddSingleton<SpaceFinder>();
        services.AddSingleton<CollectionDirectory>();
        services.AddSingleton<SegmentEncoder>();
        services.AddSingleton<Thumbnailer>();
        services.AddSingleton<ItemPreparer>();
        services.AddSingleton<BatchIndexer>();
        services.AddSingleton<QueryMixer>();
        services.AddSingleton<IndexOperation>();
        services.AddSingleton<SearchOperation>();
        services.AddSingleton<ListItemsOperation>();
        services.AddSingleton<FindItemOperation>();
        services.AddSingleton<DeleteOperation>();
        services.AddSingleton<CollectionsOperation>();
    }
}
