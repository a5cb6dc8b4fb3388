using System.Runtime.ExceptionServices;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>
/// Loads what one service has of each model, before the host serves. A model that fails is listed with its reason; only if all
/// fail does the start fail.
/// </summary>
public static class ModelLoading
{
    /// <param name="task">What the service does with them.</param>
    /// <param name="partOf">What the service has of a model; null if nothing.</param>
    /// <param name="load">Takes over a part that works.</param>
    /// <param name="fail">Lists a model that cannot be used.</param>
    public static async Task LoadAsync<TPart>(
        this ModelCatalog catalog, ModelTask task, Func<ModelPack, TPart?> partOf, Func<CatalogModel, TPart, Task> load, Action<UnservedModel> fail)
        where TPart : class
    {
        ExceptionDispatchInfo? failure = null;
        var loaded = 0;
        foreach (var model in catalog.Models)
        {
            if (model.Pack is null)
            {
                fail(model.AsUnserved(model.Problem!, task));
            }
            else if (partOf(model.Pack) is { } part)
            {
                try
                {
                    await load(model, part);
                    loaded++;
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    fail(model.AsUnserved(error.Message, task));
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            }
        }

        if (loaded == 0)
        {
            failure?.Throw();
        }
    }
}
