namespace Sensorium.Core.Media;

/// <summary>Turns a source into readable content. Throws <see cref="Errors.SensoriumException"/> naming what was wrong.</summary>
public interface IMediaResolver
{
    ValueTask<IMediaContent> ResolveAsync(MediaSource source, CancellationToken cancellationToken);
}
