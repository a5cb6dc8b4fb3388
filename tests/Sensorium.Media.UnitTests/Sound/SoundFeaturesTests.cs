using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

public sealed class SoundFeaturesTests
{
    private const string Waveform = """ "feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000 """;
    private const string Spectrogram = """ "feature_extractor_type": "ASTFeatureExtractor", "num_mel_bins": 128, "max_length": 1024 """;

    [Fact]
    public void Samples_get_mean_0_and_variance_1()
    {
        var features = Extract($$"""{ {{Waveform}}, "do_normalize": true }""", Tone(8000, offset: 0.25f));

        Assert.Equal(8000, features.Length);
        Assert.Equal(0, features.Average(), 1e-4);
        Assert.Equal(1, features.Average(value => (double)value * value), 1e-3);
    }

    [Fact]
    public void Samples_stay_as_they_are_where_the_file_says_so() =>
        Assert.Equal(Tone(8000), Extract($$"""{ {{Waveform}}, "do_normalize": false }""", Tone(8000)));

    // Moonshine's files have fields of the kind that normalises, and its extractor does not.
    [Fact]
    public void Moonshine_reads_samples_as_they_are() =>
        Assert.Equal(Tone(8000), Extract("""{ "feature_extractor_type": "MoonshineFeatureExtractor", "sampling_rate": 16000, "do_normalize": true }""", Tone(8000)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_is_no_number_but_0(bool normalizes) =>
        Assert.All(Extract($$"""{ {{Waveform}}, "do_normalize": {{(normalizes ? "true" : "false")}} }""", new float[800]), value => Assert.Equal(0, value));

    [Fact]
    public void A_sound_too_short_for_the_first_layers_is_filled_up()
    {
        var features = Extract($$"""{ {{Waveform}}, "do_normalize": false, "padding_value": 0.5 }""", Tone(3));

        Assert.Equal(400, features.Length);
        Assert.Equal(Tone(3), features[..3]);
        Assert.All(features[3..], value => Assert.Equal(0.5f, value));
    }

    // A frame takes 400 samples, each further one 160.
    [Theory]
    [InlineData(399, 0)]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    [InlineData(164_080, 1024)]
    public void A_spectrogram_has_the_frames_that_the_sound_fills_and_zeros_behind_them(int samples, int frames)
    {
        var features = Extract($$"""{ {{Spectrogram}}, "do_normalize": false }""", Tone(samples));

        Assert.Equal(1024 * 128, features.Length);
        Assert.All(features[..(frames * 128)], value => Assert.NotEqual(0, value));
        Assert.All(features[(frames * 128)..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_tone_is_loudest_in_the_band_that_holds_it_and_normalised_as_in_training()
    {
        var plain = Extract($$"""{ {{Spectrogram}}, "do_normalize": false }""", Tone(16_000, hz: 1000));
        var normalised = Extract($$"""{ {{Spectrogram}}, "do_normalize": true, "mean": -4, "std": 2 }""", Tone(16_000, hz: 1000));

        // 1,000 Hz is 1,000 mel; 128 bands from 20 Hz (31.7 mel) to 8,000 Hz (2,840 mel) have their centres 21.8 mel apart.
        var loudest = plain.AsSpan(10 * 128, 128).ToArray().Index().MaxBy(band => band.Item).Index;
        Assert.InRange(loudest, 43, 44);
        Assert.All(plain.Zip(normalised), pair => Assert.Equal((pair.First + 4) / 4, pair.Second, 1e-4f));
    }

    [Fact]
    public void Newer_exports_have_the_kind_in_a_section_of_a_file_of_all_processors() =>
        Assert.Equal(Tone(500), Extract($$"""{ "processor_class": "Wav2Vec2Processor", "feature_extractor": { {{Waveform}}, "do_normalize": false } }""", Tone(500)));

    [Fact]
    public void Every_parameter_is_in_the_digest()
    {
        string[] files =
        [
            $$"""{ {{Waveform}} }""", $$"""{ {{Waveform}}, "do_normalize": false }""", $$"""{ {{Waveform}}, "padding_value": 1 }""",
            """{ "feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 8000 }""", """{ "feature_extractor_type": "MoonshineFeatureExtractor" }""",
            $$"""{ {{Spectrogram}} }""", $$"""{ {{Spectrogram}}, "mean": 0 }""", $$"""{ {{Spectrogram}}, "std": 1 }""", "{}",
        ];

        Assert.Equal(files.Length, files.Select(file => Load(file).Digest).Distinct().Count());
    }

    [Theory]
    [InlineData("""{ "feature_extractor_type": "NobodysFeatureExtractor" }""", "Wav2Vec2FeatureExtractor")]
    [InlineData("""{ "feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 0 }""", "sampling_rate")]
    [InlineData("""{ "feature_extractor_type": "ASTFeatureExtractor", "max_length": 0 }""", "max_length")]
    [InlineData("""{ "feature_extractor_type": "ASTFeatureExtractor", "std": 0 }""", "std")]
    [InlineData("[1", "tmp")]
    public void What_cannot_be_followed_is_refused_by_name(string json, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Load(json)).Message, StringComparison.Ordinal);

    private static float[] Extract(string json, float[] samples)
    {
        var features = Load(json);
        var target = new float[features.ShapeOf(samples.Length).Aggregate(1, (product, size) => product * size)];
        features.Extract(samples, target);
        return target;
    }

    private static float[] Tone(int samples, float hz = 440, float offset = 0) =>
        [.. Enumerable.Range(0, samples).Select(n => offset + (0.5f * MathF.Sin(2 * MathF.PI * hz * n / 16_000)))];

    private static ISoundFeatures Load(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        try
        {
            return SoundFeatures.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
