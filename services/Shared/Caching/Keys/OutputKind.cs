namespace Sensorium.Caching.Keys;

/// <summary>What an entry holds. Each kind has keys of its own; the numbers are part of the key format.</summary>
internal enum OutputKind : byte
{
    Embedding = 1,

    /// <summary>The embedding, and the feature sequence of every segment.</summary>
    Features = 2,
}
