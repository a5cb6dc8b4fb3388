using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.UnitTests.Diffusion.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Diffusion;

/// <summary>Pictures share runs of the model, and nothing else.</summary>
public sealed class ImageGeneratorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SamplerKind.Ddim, true)]
    [InlineData(SamplerKind.EulerAncestral, true)]
    [InlineData(SamplerKind.DpmSolver, false)]
    public async Task A_picture_is_the_same_alone_and_in_a_batch(SamplerKind sampler, bool joinsTimesteps)
    {
        var alone = new List<float[]>();
        await using (var generator = Create(new FakeDiffusion(sampler)))
        {
            for (ulong seed = 5; seed < 9; seed++)
            {
                alone.Add((await DrawAsync(generator, new ImageJob("r", "red car") { Seed = seed, Steps = 6 }))[0]);
            }
        }

        var model = new FakeDiffusion(sampler, joinsTimesteps);
        model.Hold();
        await using var busy = Create(model);
        var company = DrawAsync(busy, new ImageJob("other", "blue bird over the city") { Steps = 9, Count = 2, Seed = 99, Width = 8, Height = 12 });
        var together = DrawAsync(busy, new ImageJob("r", "red car") { Seed = 5, Count = 4, Steps = 6 });
        model.LetAllGo();

        Assert.Equal(alone, await together);
        await company;
        Assert.Contains(model.Runs, run => run.Length > 2);
        Assert.All(model.Runs, run => Assert.True(joinsTimesteps || run.Distinct().Count() == 1));
    }

    [Fact]
    public async Task More_pictures_than_run_at_once_are_all_made()
    {
        await using var generator = Create(new FakeDiffusion(), new ImageGenerationOptions { MaxRunningPictures = 2 });

        Assert.Equal(5, (await DrawAsync(generator, new ImageJob("r", "red") { Count = 5, Steps = 2 }).WaitAsync(Patience, Token)).Length);
    }

    [Fact]
    public async Task Pictures_at_different_steps_share_a_run_where_the_model_allows_it()
    {
        var model = new FakeDiffusion();
        model.Hold();
        await using var generator = Create(model);
        var first = DrawAsync(generator, new ImageJob("a", "red") { Steps = 8, Guidance = 1 });
        model.LetGo();
        await UntilAsync(() => model.Runs.Count == 1);
        var second = DrawAsync(generator, new ImageJob("b", "blue") { Steps = 8, Guidance = 1 });
        await UntilAsync(() => generator.Waiting == 1);
        model.LetAllGo();
        await Task.WhenAll(first, second);

        Assert.Contains(model.Runs, run => run.Distinct().Count() == 2);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_the_work_within_a_step()
    {
        var model = new FakeDiffusion();
        model.Hold();
        await using var generator = Create(model);
        using var leaving = new CancellationTokenSource();
        var drawing = DrawAsync(generator, new ImageJob("r", "red") { Steps = 100, Guidance = 1 }, leaving.Token);
        model.LetGo(3);
        await UntilAsync(() => model.Runs.Count == 3);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawing);
        model.LetAllGo();

        // The run that was held back may end; none follows it.
        await DrawAsync(generator, new ImageJob("next", "blue") { Steps = 1, Guidance = 1 });
        Assert.InRange(model.Runs.Count, 4, 5);
    }

    [Fact]
    public async Task Latents_that_are_no_numbers_fail_their_picture_alone()
    {
        var model = new FakeDiffusion();
        model.Hold();
        await using var generator = Create(model);
        var broken = DrawAsync(generator, new ImageJob("a", $"{FakeDiffusion.BrokenToken}") { Steps = 5 });
        var whole = DrawAsync(generator, new ImageJob("b", "red") { Steps = 5 });
        model.LetAllGo();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => broken);
        Assert.Equal((ErrorReasons.ModelFault, true), (error.Reason, error.Message.Contains("step 1", StringComparison.Ordinal)));
        Assert.All((await whole)[0], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public async Task A_run_that_fails_fails_those_that_fail_alone()
    {
        var model = new FakeDiffusion();
        model.Hold();
        await using var generator = Create(model);
        var broken = DrawAsync(generator, new ImageJob("a", $"{FakeDiffusion.FailingToken}") { Steps = 5 });
        var whole = DrawAsync(generator, new ImageJob("b", "red") { Steps = 5 });
        model.LetAllGo();

        Assert.Equal(ErrorReasons.ModelFault, (await Assert.ThrowsAsync<SensoriumException>(() => broken)).Reason);
        Assert.Single(await whole);
    }

    [Fact]
    public async Task Steps_are_told_and_shown_on_the_way()
    {
        await using var generator = Create(new FakeDiffusion());
        var events = await ToListAsync(generator.GenerateAsync(new ImageJob("r", "red") { Steps = 6, Previews = 2, Seed = 3 }, Token));

        var started = Assert.IsType<ImageStarted>(events[0]);
        Assert.Equal((8, 8, 6, 3UL), (started.Width, started.Height, started.Steps, Assert.Single(started.Seeds)));
        var steps = events.OfType<ImageProgress>().ToArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Select(step => step.Step));
        Assert.Equal([2, 4], steps.Where(step => step.Preview.Length > 0).Select(step => step.Step));
        Assert.Equal(3UL, Assert.IsType<ImageFinished>(events[^1]).Seed);
    }

    [Fact]
    public async Task A_picture_that_is_changed_takes_the_last_of_the_steps()
    {
        await using var generator = Create(new FakeDiffusion());
        var start = new MediaItem("start", new InlineSource(MemoryMarshal.AsBytes<float>(new float[16]).ToArray()), Modality.Image);
        var events = await ToListAsync(generator.GenerateAsync(new ImageJob("r", "red") { Steps = 10, Start = start, Strength = 0.3f }, Token));

        Assert.Equal((3, 3), (((ImageStarted)events[0]).Steps, events.OfType<ImageProgress>().Count()));
    }

    [Fact]
    public async Task Between_two_pictures_lie_others()
    {
        await using var generator = Create(new FakeDiffusion());
        var (start, end) = (new ImageJob("a", "red") { Seed = 1, Steps = 4 }, new ImageJob("b", "yellow") { Seed = 2, Steps = 4 });
        var first = (await DrawAsync(generator, start))[0];
        var last = (await DrawAsync(generator, end))[0];

        Assert.Equal(first, (await DrawAsync(generator, start with { Blend = new ImageBlend("yellow", 2, 0) }))[0]);
        var arrived = (await DrawAsync(generator, start with { Blend = new ImageBlend("yellow", 2, 1) }))[0];
        Assert.All(last.Zip(arrived), pair => Assert.Equal(pair.First, pair.Second, 4));
        Assert.NotEqual(first, (await DrawAsync(generator, start with { Blend = new ImageBlend("yellow", 2, 0.5f) }))[0]);
    }

    internal static ImageGenerator Create(FakeDiffusion model, ImageGenerationOptions? options = null) =>
        new(model, new FakeWords(), padding: 0, new FakeCodec(), options ?? new ImageGenerationOptions(), TimeProvider.System, NullLogger.Instance);

    internal static async Task<float[][]> DrawAsync(ImageGenerator generator, ImageJob job, CancellationToken? cancellation = null)
    {
        var events = await ToListAsync(generator.GenerateAsync(job, cancellation ?? Token));
        return [.. events.OfType<ImageFinished>().OrderBy(made => made.Index).Select(made => MemoryMarshal.Cast<byte, float>(made.Png.Span).ToArray())];
    }

    private static async Task<List<ImageEvent>> ToListAsync(IAsyncEnumerable<ImageEvent> events)
    {
        var list = new List<ImageEvent>();
        await foreach (var next in events)
        {
            list.Add(next);
        }

        return list;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(late.IsCancellationRequested);
            await Task.Yield();
        }
    }
}
