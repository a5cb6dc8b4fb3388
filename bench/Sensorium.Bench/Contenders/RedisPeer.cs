using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Contenders;

/// <summary>A Redis that keeps nothing on disk.</summary>
internal sealed class RedisPeer(int port, ServerProcess process) : IAsyncDisposable
{
    public int Port { get; } = port;

    public int ProcessId => process.Id;

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
