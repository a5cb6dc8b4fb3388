using Sensorium.Core.Errors;

namespace Sensorium.Core.Models.Running;

/// <summary>Where models run: this process, or another one.</summary>
public interface IModelHost
{
    /// <summary>All models that are there. Throws UNAVAILABLE if the host does not answer.</summary>
    Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Loads what this host has of a model, from its folder as it is now: the old one serves until the new one can. Each step
    /// as it happens; a part that fails ends in <see cref="ModelState.Failed"/>.
    /// </summary>
    /// <exception cref="SensoriumException">FAILED_PRECONDITION: there is no such model here, or its folder cannot be read.</exception>
    IAsyncEnumerable<ModelPartState> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Reads a model's folder as it is now, loads each part, runs it once and lets it go. What is served stays as it is.</summary>
    /// <exception cref="SensoriumException">FAILED_PRECONDITION: there is no such model here.</exception>
    Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lets requests under way come to their end and gives the model's memory back. Each step as it happens.</summary>
    /// <exception cref="SensoriumException">FAILED_PRECONDITION: there is no such model here.</exception>
    IAsyncEnumerable<ModelPartState> UnloadAsync(string name, CancellationToken cancellationToken);
}
