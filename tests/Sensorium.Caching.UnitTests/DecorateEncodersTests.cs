using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
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

    private static ServiceProvider Build(string enabled, NamedEncoder image) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Sensorium:Cache:Enabled"] = enabled }).Build())
        .AddLogging()
        .AddKeyedSingleton<IEncoder>(Modality.Image, (_, _) => image)
        .AddKeyedSingleton<IEncoder>(Modality.Text, new NamedEncoder(Modality.Text))
        .DecorateEncodersWithCache()
        .BuildServiceProvider();

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
