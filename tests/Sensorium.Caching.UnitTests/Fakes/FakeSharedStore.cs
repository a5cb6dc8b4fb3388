using System.Buffers;
using System.Collections.Concurrent;
using Sensorium.Caching.Redis;

namespace Sensorium.Caching.UnitTests.Fakes;

/// <summary>A store in memory that can fail, and hang, and that several caches can share.</summary>
internal sealed class FakeSharedStore : ISharedStore
{
    private volatile TaskCompletionSource? _hanging;

    public ConcurrentDictionary<string, byte[]> Values { get; init; } = new();

    public ConcurrentQueue<IReadOnlyList<string>> Gets { get; } = new();

    public ConcurrentQueue<IReadOnlyList<SharedWrite>> Sets { get; } = new();

    public Exception? Failure { get; set; }

    /// <summary>Writes wait for this, reads do not.</summary>
    public Task WritesHeldUntil { get; set; } = Task.CompletedTask;

    public string Endpoint => "fake:6379";

    public bool IsConnected => Failure is null;

    public void Hang() => _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var hanging = _hanging;
        _hanging = null;
        hanging?.SetResult();
    }

    public async Task<IMemoryOwner<byte>?[]> GetAsync(IReadOnlyList<string> keys)
    {
        Gets.Enqueue(keys);
        await AnswerAsync();
        return [.. keys.Select(key => Values.TryGetValue(key, out var value) ? new Owned(value) : null)];
    }

    public async Task SetAsync(IReadOnlyList<SharedWrite> writes, TimeSpan timeToLive)
    {
        Sets.Enqueue(writes);
        await WritesHeldUntil;
        await AnswerAsync();
        foreach (var write in writes)
        {
            if (write.Replace)
            {
                Values[write.Key] = write.Value.ToArray();
            }
            else
            {
                Values.TryAdd(write.Key, write.Value.ToArray());
            }
        }
    }

    public async Task DeleteAsync(string key)
    {
        await AnswerAsync();
        Values.TryRemove(key, out _);
    }

    public Task<string> EvaluateAsync(string script, string key, IReadOnlyList<IConvertible> values) => throw new NotSupportedException("It runs no scripts.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AnswerAsync()
    {
        if (_hanging is { } hanging)
        {
            await hanging.Task;
        }

        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    private sealed class Owned(byte[] value) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => value;

        public void Dispose()
        {
        }
    }
}
