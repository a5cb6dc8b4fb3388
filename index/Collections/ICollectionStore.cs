namespace Sensorium.Index.Collections;

/// <summary>
/// Where collections are kept. What a store cannot do because of its disk or its server is INDEX_UNAVAILABLE, and the next call
/// may work again.
/// </summary>
public interface ICollectionStore
{
    /// <summary>As in settings and answers: "embedded".</summary>
    string Name { get; }

    /// <summary>By their names.</summary>
    Task<IReadOnlyList<CollectionDefinition>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null if there is none of this name.</summary>
    Task<ICollectionItems?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Null if there is one of this name already.</summary>
    Task<ICollectionItems?> CreateAsync(CollectionDefinition definition, CancellationToken cancellationToken);

    /// <summary>False if there was none.</summary>
    Task<bool> DropAsync(string name, CancellationToken cancellationToken);
}
