using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.GoldenTests.Sound;

/// <summary>Sound comes out as from WhisperFeatureExtractor. Features lie in about -1.5 ... 1.5.</summary>
public sealed class LogMelGoldenTests
{
    /// <summary>The reference rounds to float32 between its steps.</summary>
    private const float Tolerance = 2e-6f;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, WhisperReference.Instance.Cases.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Log_mel_equals_the_reference(int index)
    {
        var expected = WhisperReference.Instance.Cases[index];
        var extractor = new LogMelExtractor(new LogMelConfig { FeatureSize = expected.Mels, NSamples = expected.NSamples });
        var actual = new float[extractor.OutputLength];

        extractor.Extract(Draw(expected.Length), actual);

        Assert.Equal(expected.Mels * expected.Frames, actual.Length);
        var largest = expected.Values.Select((value, i) => Math.Abs(value - actual[i * expected.Stride])).Max();
        Assert.True(largest <= Tolerance, $"{expected.Name}: differs by {largest}");
    }

    // Peaks of some filters in the table that OpenAI's Whisper ships (made by librosa), with their place.
    [Theory]
    [InlineData(80, 0, 1, 0.024862595)]
    [InlineData(80, 17, 17, 0.019862859)]
    [InlineData(80, 40, 43, 0.014735566)]
    [InlineData(80, 79, 192, 0.0031647119)]
    [InlineData(128, 40, 24, 0.040376365)]
    [InlineData(128, 127, 195, 0.0050416016)]
    public void Mel_filters_equal_published_values(int filters, int filter, int bin, double expected)
    {
        var bank = MelFilterBank.Create(filters, 400, 16000);

        Assert.Equal(expected, bank.Weights[filter][bin - bank.FirstBins[filter]], 1e-8);
    }

    private static float[] Draw(int length)
    {
        var samples = new float[length];
        for (var n = 0L; n < length; n++)
        {
            var phase = n * n / 900 % 400;
            var tone = (Math.Abs(phase - 200) * 60) - 6000;
            var hum = (Math.Abs((n % 146) - 73) - 36) * 90;
            var noise = ((((n * 7919) + (n * n % 104729)) % 6101) - 3050) * (n / 4000 % 3);
            samples[n] = (tone + hum + noise) / 32768f;
        }

        return samples;
    }
}
