using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Sampling;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class MinimumLengthTests
{
    private const int End = 2;
    private const int Word = 3;

    [Fact]
    public void The_end_token_is_not_chosen_before_the_minimum()
    {
        var sampler = new TokenSampler(Parameters(minNewTokens: 2), choice: 0, new SamplingBuffers(5));
        float[] logits = [0, 0, 9, 5, 1];

        int[] tokens = [.. Enumerable.Range(0, 3).Select(_ => sampler.Next(logits, out var _))];

        Assert.Equal([Word, Word, End], tokens);
    }

    [Fact]
    public void Without_a_minimum_the_end_token_may_come_first()
    {
        var sampler = new TokenSampler(Parameters(minNewTokens: 0), choice: 0, new SamplingBuffers(5));

        Assert.Equal(End, sampler.Next([0, 0, 9, 5, 1], out _));
    }

    private static DecodingParameters Parameters(int minNewTokens) => new()
    {
        Temperature = 0,
        TopP = 1,
        TopK = 0,
        MaxNewTokens = 8,
        MinNewTokens = minNewTokens,
        NumBeams = 1,
        LengthPenalty = 1,
        RepetitionPenalty = 1,
        Seed = 0,
        Choices = 1,
        EndTokenIds = [End],
    };
}
