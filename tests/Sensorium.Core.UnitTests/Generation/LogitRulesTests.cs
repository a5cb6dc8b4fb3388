using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Rules;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

/// <summary>Each rule against its definition in Hugging Face's generate.</summary>
public sealed class LogitRulesTests
{
    private const int End = 2;
    private static readonly DecodingParameters None = new()
    {
        Temperature = 0,
        TopP = 1,
        TopK = 0,
        MaxNewTokens = 6,
        NumBeams = 1,
        LengthPenalty = 1,
        RepetitionPenalty = 1,
        Seed = 0,
        Choices = 1,
        EndTokenIds = [End],
    };

    [Fact]
    public void Without_rules_nothing_is_copied() => Assert.False(new LogitRules(None, 1).Any);

    [Theory]
    [InlineData(false, new float[] { 3, -1, 1, -4 })]
    [InlineData(true, new float[] { 1.5f, -1, 1, -4 })]
    public void A_repetition_penalty_divides_positive_and_multiplies_negative_logits_once(bool countsPrompt, float[] expected)
    {
        var parameters = None with { RepetitionPenalty = 2, PenalisesPrompt = countsPrompt };

        Assert.Equal(expected, Apply(parameters, [3, -1, 2, -2], prompt: [0], produced: [2, 3, 2]));
    }

    [Fact]
    public void No_run_of_tokens_is_completed_a_second_time()
    {
        // 1 2 3 … 1 2: 3 would repeat the run. Of "2 3" alone, nothing forbids 1.
        Assert.Equal([3], Forbidden(None with { NoRepeatNgramSize = 3 }, [1], [2, 3, 0, 1, 2]));
        Assert.Equal([3, 4], Forbidden(None with { NoRepeatNgramSize = 2 }, [2], [3, 2, 4, 2]));
        Assert.Equal([1, 3], Forbidden(None with { NoRepeatNgramSize = 1 }, [1], [3]));
        Assert.Empty(Forbidden(None with { NoRepeatNgramSize = 3 }, [1], []));
    }

    [Fact]
    public void Given_tokens_are_chosen_whatever_other_rules_say()
    {
        var parameters = None with { GivenTokens = [4, 3], SuppressedTokenIds = [4], ForbiddenWords = [[3]], MinNewTokens = 2 };

        Assert.Equal([0, 1, 2, 3], Forbidden(parameters, [0], []));
        Assert.Equal([0, 1, 2, 4], Forbidden(parameters, [0], [4]));
        Assert.Equal([3, 4], Forbidden(parameters, [0], [4, 3]).Order());
    }

    [Fact]
    public void Forbidden_words_are_not_completed()
    {
        var parameters = None with { ForbiddenWords = [[4], [1, 3], [0, 1, 2]] };

        Assert.Equal([4], Forbidden(parameters, [0], []));
        Assert.Equal([2, 3, 4], Forbidden(parameters, [0], [1]));
        Assert.Equal([3, 4], Forbidden(parameters, [1], []));
    }

    [Fact]
    public void Tokens_are_suppressed_always_or_at_the_start_alone()
    {
        var parameters = None with { SuppressedTokenIds = [0, 99], SuppressedAtStart = [3] };

        Assert.Equal([0, 3], Forbidden(parameters, [1, 4], []));
        Assert.Equal([0], Forbidden(parameters, [1, 4], [4]));
    }

    [Fact]
    public void The_end_is_not_reached_before_the_least_length()
    {
        Assert.Equal([End], Forbidden(None with { MinNewTokens = 2 }, [1], [3]));
        Assert.Empty(Forbidden(None with { MinNewTokens = 2 }, [1], [3, 3]));
    }

    [Fact]
    public void A_forced_token_is_the_only_one_of_its_place()
    {
        var parameters = None with { ForcedTokens = new Dictionary<int, int> { [1] = 4 } };

        Assert.Equal([0, 1, 2, 3], Forbidden(parameters, [1], []));
        Assert.Empty(Forbidden(parameters, [1], [4]));
    }

    [Fact]
    public void A_forced_end_is_the_last_token_that_there_is_room_for()
    {
        var parameters = None with { ForcedEndIds = [End], MaxNewTokens = 3 };

        Assert.Empty(Forbidden(parameters, [1, 1], [3]));
        Assert.Equal([0, 1, 3, 4], Forbidden(parameters, [1, 1], [3, 3]));
    }

    private static int[] Forbidden(DecodingParameters parameters, int[] prompt, int[] produced) =>
        [.. Apply(parameters, new float[5], prompt, produced).Index().Where(one => float.IsNegativeInfinity(one.Item)).Select(one => one.Index)];

    private static float[] Apply(DecodingParameters parameters, float[] logits, int[] prompt, int[] produced) =>
        new LogitRules(parameters, prompt.Length).Apply(logits, new float[logits.Length], [.. prompt, .. produced], produced.Length).ToArray();
}
