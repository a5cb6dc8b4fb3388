using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Finds and makes collections for the operations that use them.</summary>
internal sealed class CollectionDirectory(ICollectionStore store, SpaceFinder spaces, TimeProvider time)
{
    /// <exception cref="SensoriumException">COLLECTION_NOT_FOUND, or the name is none.</exception>
    public async Task<ICollectionItems> FindAsync(string name, string field, CancellationToken cancellationToken)
    {
        CollectionRules.CheckName(name, field);
        return await store.FindAsync(name, cancellationToken) ?? throw CollectionRules.NotFound(name);
    }

    /// <summary>The one that is there, or a new one of the space of a model.</summary>
    public async Task<ICollectionItems> FindOrCreateAsync(string name, string model, CancellationToken cancellationToken)
    {
        CollectionRules.CheckName(name, "header.collection");
        return await FindOfAsync(name, model, cancellationToken)
            ?? await store.CreateAsync(await DefineAsync(name, model, cancellationToken), cancellationToken)
            ?? await FindOfAsync(name, model, cancellationToken)
            ?? throw CollectionRules.NotFound(name);
    }

    /// <summary>A model that is named must embed in the collection's own space: items are encoded by the collection's.</summary>
    /// <exception cref="SensoriumException">SPACE_MISMATCH, or nobody has the model.</exception>
    public async Task CheckModelAsync(CollectionDefinition collection, string model, CancellationToken cancellationToken)
    {
        if (model.Length > 0 && model != collection.Model)
        {
            CollectionRules.CheckSpace(collection, (await spaces.FindAsync(SelectorOf(model), cancellationToken)).Model.SpaceId, "header.model");
        }
    }

    /// <summary>What a collection of the space of a model would be.</summary>
    public async Task<CollectionDefinition> DefineAsync(string name, string model, CancellationToken cancellationToken)
    {
        var encoder = await spaces.FindAsync(SelectorOf(model), cancellationToken);
        return new CollectionDefinition(name, encoder.Model.SpaceId, encoder.EmbeddingWidth, model, time.GetUtcNow());
    }

    private async Task<ICollectionItems?> FindOfAsync(string name, string model, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(name, cancellationToken);
        if (found is not null)
        {
            await CheckModelAsync(found.Definition, model, cancellationToken);
        }

        return found;
    }

    /// <summary>Null for the default.</summary>
    public static ModelSelector? SelectorOf(string model) => model.Length == 0 ? null : ModelSelector.Parse(model);
}
