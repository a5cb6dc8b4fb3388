using Xunit;

namespace Sensorium.Testing.Shared.Redis;

/// <summary>A real redis-server for the tests of one class or collection.</summary>
public sealed class RedisServerFixture : IAsyncLifetime
{
    public RedisServer Server { get; } = new();

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
