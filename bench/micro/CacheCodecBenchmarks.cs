using BenchmarkDotNet.Attributes;
using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Bench.Micro;

/// <summary>The stored form of a picture's vector and of its 64 × 256 features, and the key that they are found by.</summary>
[MemoryDiagnoser]
public class CacheCodecBenchmarks
{
    private const int Width = 256;
    private const int Tokens = 64;

    private static readonly ModelIdentity Model = new("mini", "revision", "fp32", "space", "preprocessing", "cpu", "Apache-2.0");

    private readonly KeyScope _scope = new(new EncoderDescription(
        Modality.Image, Model, Width, Width, new EncoderLimits(256, 8 << 20, 64_000_000, 0, 1, TimeSpan.Zero), [], [MediaTrack.Default]));

    private readonly MediaItem _item = new("item-0", new InlineSource(new byte[12_000]), Modality.Image);
    private CacheKey _key;
    private CacheEntry _entry = null!;
    private byte[] _stored = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        float[] vector = [1, .. new float[Width - 1]];
        var features = new FeatureSequence(Tokens, Width, Enumerable.Range(0, Tokens * Width).Select(_ => random.NextSingle()).ToArray());
        var media = new EncodedMedia(vector, [new EncodedSegment(null, vector, features)], 1, false, Model);
        _entry = CacheEntry.Create(new EncodeOutcome("item-0") { Encoded = media }, withFeatures: true);
        _key = MakeKey();
        _stored = new byte[EntryCodec.Measure(_entry)];
        EncodeEntry();
    }

    [Benchmark]
    public void KeyOfPicture() => MakeKey();

    [Benchmark]
    public void EncodeEntry() => EntryCodec.Encode(_entry, _key, _stored);

    [Benchmark]
    public void DecodeEntry() => EntryCodec.Decode(_stored, _key, Model);

    private CacheKey MakeKey()
    {
        Span<byte> content = stackalloc byte[ContentHash.Bytes];
        ContentHash.TryCompute(_item.Source, content);
        return _scope.KeyOf(content, _item, 1, OutputKind.Features);
    }
}
