using Sensorium.Core.Media;

namespace Sensorium.Core.Diffusion;

/// <summary>Pictures as callers have them, and as models do: [3, height, width] from -1 to 1.</summary>
public interface IPictureCodec
{
    /// <summary>Brought to this size. Throws <see cref="Errors.SensoriumException"/> that says what is wrong with it.</summary>
    Task<float[]> ReadAsync(MediaItem item, int width, int height, CancellationToken cancellationToken);

    /// <summary>A PNG. What lies beyond the range is cut off.</summary>
    byte[] Write(ReadOnlySpan<float> pixels, int width, int height);
}
