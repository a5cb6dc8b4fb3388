using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class PromptTests : IAsyncDisposable
{
    private readonly GeneratorHarness _harness = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_prompt_longer_than_any_of_training_is_answered_with_a_warning()
    {
        var started = (await _harness.RunAsync(GeneratorHarness.Job("1x2", prompt: "abcde"))).OfType<CaptionStarted>().Single();

        Assert.Equal(WarningReasons.UntrainedPromptLength, Assert.Single(started.Warnings).Reason);
    }

    [Fact]
    public async Task A_prompt_longer_than_the_decoder_is_refused()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(
            () => _harness.RunAsync(GeneratorHarness.Job("1x2", prompt: new string('a', 40))));

        Assert.Equal((ErrorReasons.PromptTooLong, "prompt"), (error.Reason, error.Field));
    }

    [Fact]
    public async Task A_prompt_of_megabytes_is_refused_before_it_is_tokenised()
    {
        var job = GeneratorHarness.Job("1x2", prompt: new string('a', 4_000_000));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _harness.RunAsync(job));

        Assert.Equal(ErrorReasons.PromptTooLong, error.Reason);
        Assert.Contains("characters", error.Message, StringComparison.Ordinal);
    }
}
