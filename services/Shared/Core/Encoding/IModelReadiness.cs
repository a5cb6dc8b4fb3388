namespace Sensorium.Core.Encoding;

/// <summary>Says whether something that this process needs can do its work. Registered once for each.</summary>
public interface IModelReadiness
{
    /// <summary>As in messages: "vision".</summary>
    string Name { get; }

    /// <summary>Without it the process is not ready. One that is not required keeps it from being ready only if nothing else works.</summary>
    bool IsRequired => true;

    /// <summary>
    /// Null if it works, else why not. A model that has failed is tried again with an input that is known to be good.
    /// </summary>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
