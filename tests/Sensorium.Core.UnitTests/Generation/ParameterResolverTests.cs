using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class ParameterResolverTests
{
    public static TheoryData<string, string, GenerationParameters> Wrong { get; } = new()
    {
        { "temperature", "-1", new() { Temperature = -1 } },
        { "temperature", "NaN", new() { Temperature = float.NaN } },
        { "temperature", "Infinity", new() { Temperature = float.PositiveInfinity } },
        { "top_p", "0", new() { TopP = 0 } },
        { "top_p", "1.5", new() { TopP = 1.5f } },
        { "top_k", "-3", new() { TopK = -3 } },
        { "max_new_tokens", "0", new() { MaxNewTokens = 0 } },
        { "min_new_tokens", "-1", new() { MinNewTokens = -1 } },
        { "num_beams", "9", new() { NumBeams = 9 } },
        { "num_beams", "0", new() { NumBeams = 0 } },
        { "num_beams", "exclude", new() { NumBeams = 2, Temperature = 1 } },
        { "length_penalty", "11", new() { LengthPenalty = 11 } },
        { "no_repeat_ngram_size", "-1", new() { NoRepeatNgramSize = -1 } },
        { "repetition_penalty", "0", new() { RepetitionPenalty = 0 } },
        { "repetition_penalty", "NaN", new() { RepetitionPenalty = float.NaN } },
        { "n", "0", new() { Choices = 0 } },
        { "n", "9", new() { Choices = 9, Temperature = 1 } },
        { "n", "greedy", new() { Choices = 2 } },
        { "n", "beams", new() { Choices = 3, NumBeams = 2 } },
        { "stop", "9", new() { Stop = [.. Enumerable.Repeat("x", 9)] } },
        { "stop", "stop[1]", new() { Stop = ["x", ""] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_refusal_names_the_field_and_its_value(string field, string named, GenerationParameters asked)
    {
        var error = Assert.Throws<SensoriumException>(() => Resolve(asked));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter, $"parameters.{field}"), (error.Code, error.Reason, error.Field));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_comes_from_the_pack()
    {
        var resolved = Resolve(new GenerationParameters());

        Assert.Equal((0, 1, 24 - 3, 1, 0UL), (resolved.Temperature, resolved.Choices, resolved.MaxNewTokens, resolved.NumBeams, resolved.Seed));
    }

    [Fact]
    public void Output_ends_where_the_capacity_does() =>
        Assert.Equal(40 - 30, Resolve(new GenerationParameters { MaxNewTokens = 20 }, promptTokens: 30).MaxNewTokens);

    [Theory]
    [InlineData(40 - 3)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public void A_longest_text_over_what_there_is_room_for_is_no_error(int asked) =>
        Assert.Equal(40 - 3, Resolve(new GenerationParameters { MaxNewTokens = asked, MinNewTokens = 2 }).MaxNewTokens);

    [Fact]
    public void Temperature_0_is_greedy_even_where_the_pack_samples()
    {
        var sampling = GeneratorHarness.DefaultModel.Defaults with { Temperature = 0.8f };

        Assert.False(Resolve(new GenerationParameters { Temperature = 0 }, defaults: sampling).Samples);
        Assert.True(Resolve(new GenerationParameters(), defaults: sampling).Samples);
        Assert.False(Resolve(new GenerationParameters { NumBeams = 3 }, defaults: sampling).Samples);
    }

    [Fact]
    public void A_temperature_turns_off_beams_that_only_the_pack_wants()
    {
        var beams = GeneratorHarness.DefaultModel.Defaults with { NumBeams = 4 };

        Assert.Equal(4, Resolve(new GenerationParameters(), defaults: beams).NumBeams);
        Assert.Equal(1, Resolve(new GenerationParameters { Temperature = 1 }, defaults: beams).NumBeams);
    }

    [Fact]
    public void A_seed_is_drawn_if_none_is_given()
    {
        var sampled = new GenerationParameters { Temperature = 1 };

        Assert.NotEqual(0UL, Resolve(sampled).Seed);
        Assert.NotEqual(Resolve(sampled).Seed, Resolve(sampled).Seed);
        Assert.Equal(12UL, Resolve(sampled with { Seed = 12 }).Seed);
    }

    [Fact]
    public void Given_tokens_decide_the_length_and_turn_off_the_packs_beams()
    {
        var beams = GeneratorHarness.DefaultModel.Defaults with { NumBeams = 4 };

        var resolved = Resolve(new GenerationParameters { ForcedTokenIds = [5, 6, 7], MaxNewTokens = 1 }, defaults: beams);

        Assert.Equal((3, 1), (resolved.MaxNewTokens, resolved.NumBeams));
        Assert.Equal([5, 6, 7], resolved.GivenTokens);
    }

    [Theory]
    [InlineData("n", 5)]
    [InlineData("beams", 5)]
    [InlineData("long", 5)]
    [InlineData("100", 100)]
    [InlineData("-1", -1)]
    public void Given_tokens_that_cannot_be_are_refused(string fault, int token)
    {
        var asked = new GenerationParameters
        {
            ForcedTokenIds = [.. Enumerable.Repeat(token, fault == "long" ? 38 : 2)],
            Choices = fault == "n" ? 2 : null,
            Temperature = fault == "n" ? 1 : null,
            NumBeams = fault == "beams" ? 2 : null,
        };

        var error = Assert.Throws<SensoriumException>(() => Resolve(asked));

        Assert.Equal((ErrorReasons.InvalidParameter, "parameters.forced_token_ids"), (error.Reason, error.Field));
    }

    private static DecodingParameters Resolve(GenerationParameters asked, int promptTokens = 3, GenerationDefaults? defaults = null) =>
        new ParameterResolver(defaults ?? GeneratorHarness.DefaultModel.Defaults, new GenerationOptions(), capacity: 40, vocabulary: 100).Resolve(asked, promptTokens);
}
