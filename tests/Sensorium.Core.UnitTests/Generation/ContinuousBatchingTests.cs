using FsCheck;
using FsCheck.Fluent;
using Sensorium.Core.Generation;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Sensorium.Testing.Shared.Decoding;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class ContinuousBatchingTests
{
    private static readonly Gen<Arrival> Arrivals =
        from picture in Gen.Choose(0, 50)
        from tokens in Gen.Choose(1, 9)
        from prompt in Gen.Choose(0, 8)
        from mode in Gen.Choose(0, 3)
        from wait in Gen.Choose(0, 6)
        select new Arrival($"{picture}x{tokens}", "abcdefgh"[..prompt], mode, wait);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_request_gets_does_not_depend_on_what_else_runs(bool equalLengths) =>
        Prop.ForAll(Gen.ListOf(Arrivals).Select(list => list.Take(8).ToArray()).ToArbitrary(), arrivals => Together(arrivals, equalLengths).SequenceEqual(Alone(arrivals)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public async Task Requests_share_steps()
    {
        using var gate = new StepGate();
        await using var harness = new GeneratorHarness();
        harness.Decoder.BeforeRun = gate.Enter;
        var first = harness.RunAsync(GeneratorHarness.Job("1x4"));
        await gate.WaitForStepAsync();
        var others = Enumerable.Range(2, 5).Select(i => harness.RunAsync(GeneratorHarness.Job($"{i}x4"))).ToArray();
        await WaitUntilAsync(() => harness.Generator.Waiting == 5);

        gate.Open();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(6, harness.Decoder.LargestBatch);
        Assert.Equal(0, harness.Decoder.OpenCaches);
    }

    [Fact]
    public async Task Where_lengths_must_be_equal_newcomers_wait_for_each_other()
    {
        using var gate = new StepGate();
        var starts = new List<int>();
        await using var harness = new GeneratorHarness(decoder: new HashDecoder(needsEqualLengths: true));
        harness.Decoder.BeforeRun = gate.Enter;
        var first = harness.RunAsync(GeneratorHarness.Job("1x4"));
        await gate.WaitForStepAsync();
        var others = Enumerable.Range(2, 5).Select(i => harness.RunAsync(GeneratorHarness.Job($"{i}x4", prompt: "ab"))).ToArray();
        await WaitUntilAsync(() => harness.Generator.Waiting == 5);

        harness.Decoder.BeforeRun = (media, _) => starts.Add(media.Count);
        gate.Open();
        await Task.WhenAll([first, .. others]);

        // They are more than the one that runs, so they wait no longer; their prompts are no runs of their own.
        Assert.Equal(6, starts[0]);
        Assert.Equal(0, harness.Decoder.OpenCaches);
    }

    [Fact]
    public async Task A_long_prompt_is_read_in_pieces_between_the_steps_of_its_neighbours()
    {
        var runs = new List<(int Tokens, int Rows)>();
        await using var harness = new GeneratorHarness();
        harness.Decoder.BeforeRun = (media, tokens) => runs.Add((tokens.Length, media.Count));

        var events = await harness.RunAsync(GeneratorHarness.Job("7x4", prompt: "abcdefgh"));

        // Start token and eight letters: all but the last in pieces of three, the last in the running batch.
        Assert.Equal([3, 3, 2, 1], runs.Take(4).Select(run => run.Tokens));
        Assert.Equal(8, events.Finished().Usage.PromptTokens);
        var plain = new PlainDecoding(tokens => harness.Decoder.Logits(7, tokens), HashDecoder.End, 0, HashDecoder.Start);
        int[] prompt = [HashDecoder.Start, 3, 4, 5, 6, 7, 8, 9, 10];
        Assert.Equal(plain.Greedy(prompt, 24 - prompt.Length), events.Tokens());
    }

    [Fact]
    public async Task Higher_priority_goes_first_and_equals_go_in_order()
    {
        using var gate = new StepGate();
        await using var harness = new GeneratorHarness(new GenerationOptions { MaxRunningSequences = 1, MaxBeams = 1, MaxChoices = 1 });
        harness.Decoder.BeforeRun = gate.Enter;
        var order = new List<float>();
        var running = harness.RunAsync(GeneratorHarness.Job("1x4"));
        await gate.WaitForStepAsync();
        var waiting = new List<Task>();
        foreach (var (picture, priority) in new[] { (2, Core.Admission.RequestPriority.Low), (3, default), (4, default), (5, Core.Admission.RequestPriority.High) })
        {
            waiting.Add(harness.RunAsync(GeneratorHarness.Job($"{picture}x4") with { Priority = priority }));
            await WaitUntilAsync(() => harness.Generator.Waiting == waiting.Count);
        }

        harness.Decoder.BeforeRun = (media, _) => order.Add(media[0]);
        gate.Open();
        await Task.WhenAll([running, .. waiting]);

        Assert.Equal([5, 3, 4, 2], order.Distinct().Where(seen => seen > 1));
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static string[] Together(Arrival[] arrivals, bool equalLengths)
    {
        var harness = new GeneratorHarness(
            new GenerationOptions { MaxRunningSequences = 9, PrefillChunkTokens = 3 }, new HashDecoder(needsEqualLengths: equalLengths));
        var started = new List<Task<string>>();
        var before = Task.CompletedTask;
        foreach (var arrival in arrivals)
        {
            var reached = new TaskCompletionSource();
            started.Add(ReadAsync(harness, arrival, before, reached));
            before = reached.Task;
        }

        var results = Task.WhenAll(started).GetAwaiter().GetResult();
        harness.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Assert.Equal(0, harness.Decoder.OpenCaches);
        return results;
    }

    private static string[] Alone(Arrival[] arrivals) => [.. arrivals.SelectMany(arrival => Together([arrival with { Wait = 0 }], equalLengths: false))];

    // Each request is sent when the one before it has had a given number of events, so that they meet at many places.
    private static async Task<string> ReadAsync(GeneratorHarness harness, Arrival arrival, Task before, TaskCompletionSource reached)
    {
        await before;
        var events = new List<CaptionEvent>();
        await foreach (var next in harness.Generator.GenerateAsync(arrival.Job(), CancellationToken.None))
        {
            events.Add(next);
            if (events.Count > arrival.Wait)
            {
                reached.TrySetResult();
            }
        }

        reached.TrySetResult();
        return events.Describe();
    }

    private sealed record Arrival(string Picture, string Prompt, int Mode, int Wait)
    {
        public CaptionJob Job() => GeneratorHarness.Job(Picture, Mode switch
        {
            0 => new GenerationParameters(),
            1 => new GenerationParameters { Temperature = 1.5f, Seed = 7, Choices = 3, TopP = 0.9f },
            2 => new GenerationParameters { NumBeams = 3, Choices = 2, LengthPenalty = 0.5f },
            _ => new GenerationParameters { Temperature = 1, Seed = 9, TopK = 4, RepetitionPenalty = 1.3f, Stop = ["ab", "c"] },
        }, Prompt);
    }
}
