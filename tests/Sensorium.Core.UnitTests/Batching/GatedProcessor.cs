using System.Collections.Concurrent;
using Sensorium.Core.Batching;

namespace Sensorium.Core.UnitTests.Batching;

/// <summary>Doubles numbers. Each run waits until the test lets it go; poisoned numbers fail every batch that they are in.</summary>
internal sealed class GatedProcessor(bool open = false) : IBatchProcessor<int, int>, IDisposable
{
    private readonly SemaphoreSlim _permits = new(open ? int.MaxValue / 2 : 0);
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _prepared = new(0);
    private int _reliefs;

    public ConcurrentQueue<int[]> Runs { get; } = new();

    public HashSet<int> Poisoned { get; } = [];

    public bool DeviceBroken { get; set; }

    public int Probes { get; private set; }

    /// <summary>How often it gave memory back.</summary>
    public int Reliefs => Volatile.Read(ref _reliefs);

    public IPreparedBatch<int> Prepare(IReadOnlyList<int> inputs)
    {
        _prepared.Release();
        return new Batch(this, [.. inputs]);
    }

    public bool Probe()
    {
        Probes++;
        return !DeviceBroken;
    }

    public void Relieve() => Interlocked.Increment(ref _reliefs);

    public void LetOneRun() => _permits.Release();

    public void LetAllRun() => _permits.Release(1_000_000);

    public Task RunStarted() => _started.WaitAsync();

    public Task BatchPrepared() => _prepared.WaitAsync();

    public void Dispose()
    {
        _permits.Dispose();
        _started.Dispose();
        _prepared.Dispose();
    }

    private sealed class Batch(GatedProcessor owner, int[] inputs) : IPreparedBatch<int>
    {
        public IReadOnlyList<int> Run()
        {
            owner.Runs.Enqueue(inputs);
            owner._started.Release();
            owner._permits.Wait();
            return owner.DeviceBroken || inputs.Any(owner.Poisoned.Contains)
                ? throw new InvalidOperationException("poisoned")
                : [.. inputs.Select(input => 2 * input)];
        }

        public void Dispose()
        {
        }
    }
}
