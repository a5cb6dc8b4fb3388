using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

/// <summary>The power of each bin is what the definition of the transform says, whatever a length is made of.</summary>
public sealed class PowerSpectrumTests
{
    // As Whisper, CLAP and AST have them; then odd primes, one of them twice, and lengths of one step.
    [Theory]
    [InlineData(400)]
    [InlineData(1024)]
    [InlineData(512)]
    [InlineData(2 * 3 * 3 * 7)]
    [InlineData(2 * 13)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_bin_is_as_defined(int length)
    {
        const int hop = 5;
        var samples = Enumerable.Range(0, length + (hop * PowerSpectrum.Lanes)).Select(n => MathF.Sin(n * 0.7f) + (0.3f * MathF.Cos(n * n * 0.01f)) + 0.1f).ToArray();
        var spectrum = new PowerSpectrum(length);
        var power = new double[spectrum.Bins * PowerSpectrum.Lanes];

        spectrum.Transform(samples, hop, new double[spectrum.ScratchLength], power);

        for (var lane = 0; lane < PowerSpectrum.Lanes; lane++)
        {
            for (var bin = 0; bin < spectrum.Bins; bin++)
            {
                Assert.Equal(Defined(samples.AsSpan(lane * hop, length), bin), power[(bin * PowerSpectrum.Lanes) + lane], 1e-9 * length);
            }
        }
    }

    [Fact]
    public void Frames_without_a_window_are_taken_as_they_are()
    {
        var spectrum = PowerSpectrum.WithoutWindow(8);
        var power = new double[spectrum.Bins * PowerSpectrum.Lanes];
        var samples = Enumerable.Repeat(1f, 8 * PowerSpectrum.Lanes).ToArray();

        spectrum.Transform(samples, 8, new double[spectrum.ScratchLength], power);

        Assert.All(power[..PowerSpectrum.Lanes], value => Assert.Equal(64, value, 1e-9));
        Assert.All(power[PowerSpectrum.Lanes..], value => Assert.Equal(0, value, 1e-9));
    }

    private static double Defined(ReadOnlySpan<float> frame, int bin)
    {
        var (real, imaginary) = (0.0, 0.0);
        for (var n = 0; n < frame.Length; n++)
        {
            var value = frame[n] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * n / frame.Length)));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * bin * n / frame.Length);
            (real, imaginary) = (real + (value * cosine), imaginary - (value * sine));
        }

        return (real * real) + (imaginary * imaginary);
    }
}
