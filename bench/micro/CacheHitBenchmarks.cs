using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Caching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Bench.Micro;

/// <summary>What a request costs whose pictures (12 KB each) are all in memory: hashing, keys, look-up and answer.</summary>
[MemoryDiagnoser]
public class CacheHitBenchmarks
{
    private const int Width = 256;
    private static readonly ModelIdentity Model = new("mini", "revision", "fp32", "space", "preprocessing", "cpu", "Apache-2.0");

    private readonly EncodeBatch _one = MakeBatch(1);
    private readonly EncodeBatch _many = MakeBatch(32);
    private ServiceProvider _services = null!;
    private IEncoder _encoder = null!;

    [GlobalSetup]
    public void Setup()
    {
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSensoriumCache()
            .Replace(ServiceDescriptor.Singleton(Options.Create(new CacheOptions())))
            .BuildServiceProvider();
        _encoder = _services.GetRequiredService<IEncoderCache>().Decorate(new ConstantEncoder(), "local");
        _encoder.EncodeAsync(_many, CancellationToken.None).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Cleanup() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public Task OnePicture() => _encoder.EncodeAsync(_one, CancellationToken.None);

    [Benchmark]
    public Task BatchOf32() => _encoder.EncodeAsync(_many, CancellationToken.None);

    private static EncodeBatch MakeBatch(int items) => new("request", [.. Enumerable.Range(0, items).Select(MakeItem)]);

    private static MediaItem MakeItem(int number)
    {
        var content = new byte[12_000];
        content[0] = (byte)number;
        return new MediaItem($"item-{number}", new InlineSource(content), Modality.Image);
    }

    private sealed class ConstantEncoder : IEncoder
    {
        private static readonly float[] Vector = [1, .. new float[Width - 1]];

        public Modality Modality => Modality.Image;

        public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => new(ServedModels.Only("vision", new EncoderDescription(
            Modality.Image, Model, Width, Width, new EncoderLimits(256, 8 << 20, 64_000_000, 0, 1, TimeSpan.Zero), [], [MediaTrack.Default])));

        public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<EncodeOutcome>>([.. batch.Items.Select(item => new EncodeOutcome(item.ItemId)
            {
                Encoded = new EncodedMedia(Vector, [new EncodedSegment(null, Vector, null)], 1, false, Model),
            })]);
    }
}
