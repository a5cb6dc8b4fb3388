using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

public sealed class ClapFeaturesTests
{
    private const string Usual = """
        "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "sampling_rate": 48000, "hop_length": 480,
        "fft_window_size": 1024, "nb_max_samples": 48000, "frequency_min": 50, "frequency_max": 14000
        """;

    [Fact]
    public void Frames_come_one_after_the_other_and_silence_is_100_decibels_down()
    {
        var extractor = Load($"{{ {Usual} }}");
        var features = new float[extractor.OutputLength];

        extractor.Extract(new float[48000], features);

        Assert.Equal([1, 101, 64], extractor.Shape);
        Assert.All(features, value => Assert.Equal(-100, value, 1e-4f));
    }

    // 16,000 samples fit three times; 20,000 twice, and zeros follow.
    [Theory]
    [InlineData(16_000, "repeatpad", 48_000)]
    [InlineData(20_000, "repeatpad", 40_000)]
    [InlineData(20_000, "repeat", 48_000)]
    [InlineData(20_000, "pad", 20_000)]
    public void A_short_sound_is_repeated_as_the_file_says(int length, string padding, int filled)
    {
        var extractor = Load($$"""{ {{Usual}}, "padding": "{{padding}}" }""");
        var sound = Enumerable.Range(0, length).Select(n => MathF.Sin(n * 0.1f) * (n % 977) / 977).ToArray();
        var whole = Enumerable.Range(0, 48_000).Select(n => n < filled ? sound[n % length] : 0).ToArray();
        var (actual, expected) = (new float[extractor.OutputLength], new float[extractor.OutputLength]);

        extractor.Extract(sound, actual);
        extractor.Extract(whole, expected);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("""{ "feature_extractor_type": "NobodysFeatureExtractor" }""", "NobodysFeatureExtractor")]
    [InlineData("""{ "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "sampling_rate": 48000, "hop_length": 480, "truncation": "fusion" }""", "truncation")]
    [InlineData("""{ "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "sampling_rate": 48000, "hop_length": 480, "padding": "mirror" }""", "padding")]
    [InlineData("""{ "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "sampling_rate": 48000, "hop_length": 480, "frequency_max": 0 }""", "frequency_max")]
    public void What_cannot_be_followed_is_refused_by_name(string json, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Load(json)).Message, StringComparison.Ordinal);

    private static LogMelExtractor Load(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        try
        {
            return (LogMelExtractor)SoundFeatures.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
