using FsCheck;
using FsCheck.Fluent;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Sampling;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class TokenSamplerTests
{
    private static readonly Gen<float[]> Logits = Gen.Choose(-40, 40).Select(value => value / 8f).ArrayOf(20);

    [Fact]
    public void Nothing_outside_of_top_k_and_top_p_is_ever_drawn_and_everything_inside_is() =>
        Prop.ForAll(Logits.ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (logits, topK, twentieths) =>
        {
            var parameters = Parameters(temperature: 2) with { TopK = topK, TopP = twentieths / 20f };
            var allowed = Allowed(logits, topK, twentieths / 20f, temperature: 2);
            var drawn = Draw(logits, parameters, 300).ToHashSet();
            return drawn.IsSubsetOf(allowed.Keys) && allowed.Where(one => one.Value > 0.05).All(one => drawn.Contains(one.Key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Draws_follow_the_distribution_at_its_temperature()
    {
        float[] logits = [0, 1, 2, -1];
        var drawn = Draw(logits, Parameters(temperature: 0.7f), 20_000).CountBy(id => id).ToDictionary();

        foreach (var (id, probability) in Allowed(logits, 0, 1, temperature: 0.7))
        {
            Assert.Equal(probability, drawn[id] / 20_000.0, 0.02);
        }
    }

    [Fact]
    public void Temperature_0_takes_the_likeliest_and_of_equals_the_lowest_id() =>
        Assert.Equal(1, Next([0, 5, 5, 1], Parameters(temperature: 0), out _));

    [Fact]
    public void Log_probabilities_are_those_before_temperature_and_penalties()
    {
        float[] logits = [1, 2, 3];
        var parameters = Parameters(temperature: 0) with { RepetitionPenalty = 4 };
        var sampler = new TokenSampler(parameters, 0, new SamplingBuffers(3));
        var normaliser = Math.Log(logits.Sum(logit => Math.Exp(logit)));

        Assert.Equal((2, 3 - normaliser), (sampler.Next(logits, out var first), Math.Round(first, 5)), Close);
        Assert.Equal((1, 2 - normaliser), (sampler.Next(logits, out var second), Math.Round(second, 5)), Close);

        static bool Close((int Token, double LogProb) a, (int Token, double LogProb) b) => a.Token == b.Token && Math.Abs(a.LogProb - b.LogProb) < 1e-4;
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_gives_others()
    {
        float[] logits = [.. Enumerable.Range(0, 20).Select(id => id * 0.01f)];

        var once = Draw(logits, Parameters(1), 30).ToArray();

        Assert.Equal(once, Draw(logits, Parameters(1), 30));
        Assert.NotEqual(once, Draw(logits, Parameters(1) with { Seed = 6 }, 30));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_not_numbers_are_a_model_fault(float logit) =>
        Assert.Equal(ErrorReasons.ModelFault, Assert.Throws<SensoriumException>(() => Next([1, logit], Parameters(0), out _)).Reason);

    private static DecodingParameters Parameters(float temperature) => new()
    {
        Temperature = temperature,
        TopP = 1,
        TopK = 0,
        MaxNewTokens = 10,
        NumBeams = 1,
        LengthPenalty = 1,
        RepetitionPenalty = 1,
        Seed = 5,
        Choices = 1,
        EndTokenIds = [],
    };

    private static int Next(float[] logits, DecodingParameters parameters, out float logProb) =>
        new TokenSampler(parameters, 0, new SamplingBuffers(logits.Length)).Next(logits, out logProb);

    private static IEnumerable<int> Draw(float[] logits, DecodingParameters parameters, int count)
    {
        var sampler = new TokenSampler(parameters, 0, new SamplingBuffers(logits.Length));
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(logits, out float _))];
    }

    // Holtzman et al. 2020 as it is written: sort, keep the k best, keep the smallest set that reaches p, renormalise.
    private static Dictionary<int, double> Allowed(float[] logits, int topK, double topP, double temperature)
    {
        var sorted = logits.Select((logit, id) => (Id: id, Weight: Math.Exp(logit / temperature)))
            .OrderByDescending(one => one.Weight).ThenBy(one => one.Id).Take(topK == 0 ? logits.Length : topK).ToArray();
        var total = sorted.Sum(one => one.Weight);
        var reached = 0.0;
        var kept = sorted.TakeWhile(one =>
        {
            var before = reached;
            reached += one.Weight / total;
            return before < topP - 1e-6;
        }).ToArray();
        return kept.ToDictionary(one => one.Id, one => one.Weight / kept.Sum(other => other.Weight));
    }
}
