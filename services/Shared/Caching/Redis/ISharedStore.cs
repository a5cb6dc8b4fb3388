using System.Buffers;

namespace Sensorium.Caching.Redis;

/// <summary>A store of bytes that other processes see too. Every method may throw anything, and may take for ever.</summary>
internal interface ISharedStore : IAsyncDisposable
{
    /// <summary>host:port, without credentials.</summary>
    string Endpoint { get; }

    bool IsConnected { get; }

    /// <summary>One value per key, in order; null where there is none. The caller disposes them.</summary>
    Task<IMemoryOwner<byte>?[]> GetAsync(IReadOnlyList<string> keys);

    /// <summary>Returns when all are written.</summary>
    Task SetAsync(IReadOnlyList<SharedWrite> writes, TimeSpan timeToLive);

    Task DeleteAsync(string key);

    /// <summary>Runs a script in one step, and answers the text that it gives.</summary>
    Task<string> EvaluateAsync(string script, string key, IReadOnlyList<IConvertible> values);
}

/// <param name="Replace">False leaves a value that is there already.</param>
internal readonly record struct SharedWrite(string Key, ReadOnlyMemory<byte> Value, bool Replace);
