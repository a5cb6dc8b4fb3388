namespace Sensorium.Core.Encoding;

/// <summary>Says whether a model of this process can do its work. Registered once per model.</summary>
public interface IModelReadiness
{
    /// <summary>As in messages: "vision".</summary>
    string Name { get; }

    /// <summary>
    /// Null if the model has passed its warm-up and works, else why not. A model that has failed is tried again with an
    /// input that is known to be good.
    /// </summary>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
