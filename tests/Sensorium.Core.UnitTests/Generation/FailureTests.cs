using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class FailureTests
{
    [Fact]
    public async Task Only_the_request_that_makes_a_step_throw_fails()
    {
        var alone = await AloneAsync("2x4");
        using var gate = new StepGate();
        await using var harness = new GeneratorHarness();
        harness.Decoder.BeforeRun = gate.Enter;
        var good = harness.RunAsync(GeneratorHarness.Job("2x4"));
        await gate.WaitForStepAsync();
        var bad = harness.RunAsync(GeneratorHarness.Job("9x4"));
        while (harness.Generator.Waiting < 1)
        {
            await Task.Yield();
        }

        harness.Decoder.BeforeRun = ThrowFor9;
        gate.Open();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => bad);
        Assert.Equal(ErrorReasons.ModelFault, error.Reason);
        Assert.Contains("poison", error.Message, StringComparison.Ordinal);
        Assert.Equal(alone, (await good).Describe());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Logits_that_are_not_numbers_are_a_model_fault_and_the_next_request_works(int beams)
    {
        await using var harness = new GeneratorHarness();
        harness.Decoder.IsBroken = media => media == 9;

        var error = await Assert.ThrowsAsync<SensoriumException>(
            () => harness.RunAsync(GeneratorHarness.Job("9x4", new GenerationParameters { NumBeams = beams })));

        Assert.Equal((ErrorCode.Internal, ErrorReasons.ModelFault), (error.Code, error.Reason));
        Assert.Equal(await AloneAsync("2x4"), (await harness.RunAsync(GeneratorHarness.Job("2x4"))).Describe());
    }

    [Fact]
    public async Task A_slow_reader_is_ended_and_its_neighbour_is_not_held_up()
    {
        // Two choices of twenty tokens do not fit into the buffer unread; the neighbour's fifteen do.
        await using var harness = new GeneratorHarness(new GenerationOptions { StreamCapacity = 20 }, model: NeverEnding);
        var twice = new GenerationParameters { MaxNewTokens = 20, Choices = 2, Temperature = 1, Seed = 1 };
        await using var slow = harness.Generator.GenerateAsync(GeneratorHarness.Job("1x4", twice), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await slow.MoveNextAsync());

        var neighbour = await harness.RunAsync(GeneratorHarness.Job("2x4", new GenerationParameters { MaxNewTokens = 15 }));
        await harness.DisposeAsync();

        Assert.Equal(15, neighbour.Finished().Usage.GeneratedTokens);
        var error = await Assert.ThrowsAsync<SensoriumException>(async () =>
        {
            while (await slow.MoveNextAsync())
            {
            }
        });
        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.SlowReader), (error.Code, error.Reason));
        Assert.Null(error.RetryAfter);
    }

    [Fact]
    public async Task Who_stops_reading_stops_the_decoding_before_the_next_step()
    {
        var steps = 0;
        using var gate = new StepGate();
        await using var harness = new GeneratorHarness(model: NeverEnding);
        harness.Decoder.BeforeRun = (media, tokens) =>
        {
            if (Interlocked.Increment(ref steps) == 3)
            {
                gate.Enter(media, tokens);
            }
        };
        var reader = harness.Generator.GenerateAsync(Long("1x4"), CancellationToken.None).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        await gate.WaitForStepAsync();

        await reader.DisposeAsync();
        gate.Open();
        await harness.RunAsync(GeneratorHarness.Job("2x4", new GenerationParameters { MaxNewTokens = 1 }));

        // The step that ran when the reader left, and the one of the request after it.
        Assert.Equal(4, steps);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_while_it_waits_for_a_slot()
    {
        using var gate = new StepGate();
        using var cancel = new CancellationTokenSource();
        await using var harness = new GeneratorHarness(new GenerationOptions { MaxRunningSequences = 1, MaxBeams = 1, MaxChoices = 1 });
        harness.Decoder.BeforeRun = gate.Enter;
        var running = harness.RunAsync(GeneratorHarness.Job("1x4"));
        await gate.WaitForStepAsync();
        var waiting = harness.RunAsync(GeneratorHarness.Job("2x4"), cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        gate.Open();
        await running;
    }

    [Fact]
    public async Task Overload_is_refused_at_once_with_a_time_to_try_again()
    {
        using var gate = new StepGate();
        await using var harness = new GeneratorHarness(
            new GenerationOptions { MaxRunningSequences = 1, MaxQueuedSequences = 1, MaxBeams = 1, MaxChoices = 1 });
        harness.Decoder.BeforeRun = gate.Enter;
        var running = harness.RunAsync(GeneratorHarness.Job("1x4"));
        await gate.WaitForStepAsync();
        var waiting = harness.RunAsync(GeneratorHarness.Job("2x4"));
        var asked = harness.Encoders[Core.Media.Modality.Image].Batches.Count;

        var error = await Assert.ThrowsAsync<SensoriumException>(() => harness.RunAsync(GeneratorHarness.Job("3x4")));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.Overloaded), (error.Code, error.Reason));
        Assert.True(error.RetryAfter > TimeSpan.Zero);
        Assert.Equal(asked, harness.Encoders[Core.Media.Modality.Image].Batches.Count);
        gate.Open();
        await Task.WhenAll(running, waiting);
        Assert.NotNull((await harness.RunAsync(GeneratorHarness.Job("3x4"))).Finished());
    }

    [Fact]
    public async Task What_still_runs_when_the_generator_is_disposed_ends_as_draining()
    {
        using var gate = new StepGate();
        var harness = new GeneratorHarness(model: NeverEnding);
        harness.Decoder.BeforeRun = gate.Enter;
        var running = harness.RunAsync(Long("1x4"));
        await gate.WaitForStepAsync();

        var disposing = harness.DisposeAsync();
        gate.Open();
        await disposing;

        Assert.Equal(ErrorReasons.Draining, (await Assert.ThrowsAsync<SensoriumException>(() => running)).Reason);
        Assert.Equal(ErrorReasons.Draining, (await Assert.ThrowsAsync<SensoriumException>(() => harness.RunAsync(Long("1x4")))).Reason);
        Assert.Equal(0, harness.Decoder.OpenCaches);
    }

    private static GenerationModel NeverEnding(GenerationModel model) =>
        model with { Defaults = model.Defaults with { EndTokenIds = [], SuppressedTokenIds = [0, 1, 2] } };

    private static void ThrowFor9(IReadOnlyList<float> media, int[] tokens)
    {
        if (media.Contains(9))
        {
            throw new InvalidOperationException("poison");
        }
    }

    private static CaptionJob Long(string picture) => GeneratorHarness.Job(picture, new GenerationParameters { MaxNewTokens = 20 });

    private static async Task<string> AloneAsync(string picture)
    {
        await using var harness = new GeneratorHarness();
        return (await harness.RunAsync(GeneratorHarness.Job(picture))).Describe();
    }
}
