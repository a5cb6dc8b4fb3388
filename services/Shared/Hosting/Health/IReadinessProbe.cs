namespace Sensorium.Hosting.Health;

/// <summary>Says whether one part of this process can do its work.</summary>
public interface IReadinessProbe
{
    /// <summary>As in messages: "vision".</summary>
    string Name { get; }

    /// <summary>Null if ready, else why not. May throw; that counts as not ready.</summary>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
