using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Tenancy;
using Xunit;

namespace Sensorium.Caching.UnitTests;

public sealed class DecorateEncodersTests
{
    [Fact]
    public async Task Every_keyed_encoder_is_decorated_once_and_disposed_with_the_container()
    {
        var inner = new NamedEncoder(Modality.Image);
        await using (var provider = Build("true", inner))
        {
            var decorated = provider.GetRequiredKeyedService<IEncoder>(Modality.Image);

            Assert.IsType<CachingEncoder>(decorated);
            Assert.Same(decorated, provider.GetRequiredKeyedService<IEncoder>(Modality.Image));
            Assert.Equal(Modality.Image, decorated.Modality);
            Assert.Equal(Modality.Text, provider.GetRequiredKeyedService<IEncoder>(Modality.Text).Modality);
        }

        Assert.True(inner.Disposed);
    }

    [Fact]
    public async Task A_disabled_cache_hands_out_the_encoder_itself()
    {
        var inner = new NamedEncoder(Modality.Image);
        await using var provider = Build("false", inner);

        Assert.Same(inner, provider.GetRequiredKeyedService<IEncoder>(Modality.Image));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("127.0.0.1:1,connectTimeout=50,connectRetry=1", true)]
    public async Task Rates_are_told_to_other_replicas_only_where_there_is_a_place_for_it(string redis, bool isShared)
    {
        await using var provider = Build("true", new NamedEncoder(Modality.Image), redis);

        Assert.Equal(isShared, provider.GetService<ISharedRates>() is not null);
        Assert.Equal(isShared, ActivatorUtilities.CreateInstance<Counter>(provider).Shared is not null);
    }

    private static ServiceProvider Build(string enabled, NamedEncoder image, string redis = "") => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Sensorium:Cache:Enabled"] = enabled, ["Sensorium:Cache:RedisConnection"] = redis }).Build())
        .AddLogging()
        .AddKeyedSingleton<IEncoder>(Modality.Image, (_, _) => image)
        .AddKeyedSingleton<IEncoder>(Modality.Text, new NamedEncoder(Modality.Text))
        .DecorateEncodersWithCache()
        .BuildServiceProvider();

    private sealed class Counter(ISharedRates? shared = null)
    {
        public ISharedRates? Shared => shared;
    }

    private sealed class NamedEncoder(Modality modality) : IEncoder, IDisposable
    {
        public Modality Modality => modality;

        public bool Disposed { get; private set; }

        public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Dispose() => Disposed = true;
    }
}
