using Sensorium.Core.Encoding;

namespace Sensorium.Caching;

/// <summary>Puts the cache in front of encoders. One per process, so that all of them share its memory and connection.</summary>
public interface IEncoderCache
{
    /// <summary>
    /// Decorates an encoder. What was encoded before is then answered without it, even while it cannot be reached.
    /// What a miss returns is bit for bit what a later hit returns: embeddings stay float32, features are rounded
    /// to float16 in both. An encoder that is bypassed returns its own, unrounded features.
    /// </summary>
    /// <param name="origin">
    /// Tells apart encoders of one modality that share a Redis, as the address of a remote one. Under this name the
    /// encoder's last description is remembered.
    /// </param>
    IEncoder Decorate(IEncoder inner, string origin);
}
