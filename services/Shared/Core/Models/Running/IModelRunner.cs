using Sensorium.Core.Packs;

namespace Sensorium.Core.Models.Running;

/// <summary>Loads and unloads what one service of this process has of models. Registered once for each service and task.</summary>
public interface IModelRunner
{
    ModelTask Task { get; }

    /// <summary>What the service has of this model; null if nothing.</summary>
    PackPart? PartOf(CatalogModel model);

    /// <summary>Loads all models of the catalog that are to be loaded at start. Throws if each of them fails.</summary>
    Task StartAsync(ModelCatalog catalog, CancellationToken cancellationToken);

    /// <summary>Throws what loading fails with; a model that served before goes on then.</summary>
    Task LoadAsync(CatalogModel model, CancellationToken cancellationToken);

    /// <summary>Ends when the requests under way have ended.</summary>
    Task UnloadAsync(CatalogModel model);

    /// <summary>Puts a model to sleep that nobody has used for as long as its settings say. True if it was.</summary>
    Task<bool> TrySleepAsync(CatalogModel model);

    /// <summary>Loads the part, runs it once and lets it go. Failing is an answer.</summary>
    Task<PartCheck> CheckAsync(CatalogModel model, TimeProvider time, CancellationToken cancellationToken);

    ModelPartState StateOf(CatalogModel model);
}
