using System.Text.Json;
using Sensorium.Core.Diffusion.Sampling;
using Xunit;

namespace Sensorium.Core.UnitTests.Diffusion;

/// <summary>Samplers against the formulas of their papers; make_references.py writes what they give.</summary>
public sealed class SamplerReferenceTests
{
    private const double Tolerance = 1e-5;
    private static readonly References Known = References.Read();

    public static IEnumerable<TheoryDataRow<int>> Cases => Known.Cases.Select((reference, i) => new TheoryDataRow<int>(i)
    {
        TestDisplayName = $"{reference.Sampler} {reference.Betas} {reference.Prediction} {reference.Spacing} {reference.Steps} steps, strength {reference.Strength}, offset {reference.Offset}, clip {reference.Clip}",
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_is_that_of_the_paper(int index)
    {
        var reference = Known.Cases[index];
        var sampler = DiffusionSampler.Create(reference.Config, reference.Sampler, reference.Steps, reference.Strength);
        float[] latents = reference.Strength is null ? new float[References.Width] : [.. Enumerable.Range(0, References.Width).Select(i => (float)Math.Cos(2.0 * i))];
        sampler.Begin(latents, References.NoiseOf(0));
        AssertNear(reference.Latents[0], latents);
        for (var step = sampler.FirstStep; step < sampler.Steps; step++)
        {
            sampler.Advance(step, latents, References.AnswerOf(step), sampler.AddsNoise(step) ? References.NoiseOf(step + 1) : []);
            AssertNear(reference.Latents[step - sampler.FirstStep + 1], latents);
        }
    }

    [Fact]
    public void Cases_cover_every_sampler_prediction_spacing_and_schedule()
    {
        Assert.Equal(Enum.GetValues<SamplerKind>().Length, Known.Cases.Select(reference => reference.Sampler).Distinct().Count());
        Assert.Equal(3, Known.Cases.Select(reference => reference.Prediction).Distinct().Count());
        Assert.Equal(3, Known.Cases.Select(reference => reference.Spacing).Distinct().Count());
        Assert.Equal(3, Known.Cases.Select(reference => reference.Betas).Distinct().Count());
    }

    [Fact]
    public void Noise_is_that_of_the_papers() => Assert.All(Known.Noise, reference =>
    {
        var noise = new float[reference.Values.Length];
        GaussianNoise.Fill(noise, ulong.Parse(reference.Seed, System.Globalization.CultureInfo.InvariantCulture), reference.Step);
        AssertNear(reference.Values, noise);
    });

    // Latents of Euler's method are as large as the noise, which is up to fifteen times the picture.
    private static void AssertNear(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(Math.Abs(expected[i] - actual[i]), 0, Tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private sealed record References(NoiseReference[] Noise, SamplerReference[] Cases)
    {
        public const int Width = 6;

        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        };

        public static References Read() =>
            JsonSerializer.Deserialize<References>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Diffusion", "references.json")), Json)!;

        public static float[] AnswerOf(int step) => [.. Enumerable.Range(0, Width).Select(i => (float)Math.Sin(1.0 + (7 * step) + (3 * i)))];

        public static float[] NoiseOf(int step) => [.. Enumerable.Range(0, Width).Select(i => (float)(Math.Sin(2.0 + (5 * step) + (11 * i)) * 1.4))];
    }

    private sealed record NoiseReference(string Seed, int Step, double[] Values);

    private sealed record SamplerReference(
        SamplerKind Sampler, string Betas, string Prediction, string Spacing, int Steps, int Offset, bool AlphaOne, bool EndsInZero, double? Strength, double? Clip, double[][] Latents)
    {
        public DiffusionConfig Config => new()
        {
            BetaStart = 0.00085,
            BetaEnd = 0.012,
            Betas = SchedulerWords.Betas[Betas],
            Prediction = SchedulerWords.Predictions[Prediction],
            Spacing = SchedulerWords.Spacings[Spacing],
            StepsOffset = Offset,
            SetAlphaToOne = AlphaOne,
            EndsInFirstOrder = EndsInZero,
            ClipRange = Clip,
        };
    }
}
