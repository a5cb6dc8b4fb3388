using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Walks;
using Xunit;

namespace Sensorium.Core.UnitTests.Diffusion;

/// <summary>Clips go from prompt to prompt in the time of their sound.</summary>
public sealed class WalkTests
{
    private const int FramesPerSecond = 10;
    private const int Frames = 41;

    [Fact]
    public void A_walk_moves_when_something_begins()
    {
        // A click of a twentieth of a second at 1, 2 and 3 s.
        var sound = new OnsetTracker();
        sound.Add([.. Enumerable.Range(0, 4 * OnsetTracker.SampleRate).Select(i => i % OnsetTracker.SampleRate < OnsetTracker.SampleRate / 20 && i >= OnsetTracker.SampleRate ? 0.5f * (i % 2 == 0 ? 1 : -1) : 0)]);
        var pace = WalkPace.Of(sound.Sums(), Frames, FramesPerSecond);
        double[] moves = [.. pace.Zip(pace.Skip(1)).Select(pair => pair.Second - pair.First)];

        Assert.Equal((0, 1, 4), (pace[0], Math.Round(pace[^1], 9), Math.Round(sound.Duration, 6)));
        Assert.All(moves, move => Assert.True(move > 0));
        int[] large = [.. moves.Select((move, i) => (move, i)).Where(one => one.move > 0.2).Select(one => one.i + 1)];
        Assert.Equal(3, large.Length);
        Assert.All(large.Zip([10, 20, 30]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
    }

    [Fact]
    public void Silence_is_walked_through_evenly()
    {
        var sound = new OnsetTracker();
        sound.Add(new float[OnsetTracker.SampleRate]);

        Assert.Equal(WalkPace.Even(11), WalkPace.Of(sound.Sums(), 11, FramesPerSecond));
        Assert.Equal([0], WalkPace.Even(1));
    }

    [Fact]
    public void Prompts_are_met_at_even_parts_of_the_way()
    {
        var frames = LatentWalk.Frames(new ImageJob("r", "") { Seed = 5 }, ["a", "b", "c"], WalkPace.Even(5)).ToArray();

        Assert.Equal(["a", "a", "b", "b", "b"], frames.Select(frame => frame.Prompt));
        Assert.Equal([("b", 6UL, 0f), ("b", 6UL, 0.5f), ("c", 7UL, 0f), ("c", 7UL, 0.5f), ("c", 7UL, 1f)], frames.Select(frame => (frame.Blend!.Prompt, frame.Blend.Seed!.Value, frame.Blend.Weight)));
        Assert.Equal([5UL, 5UL, 6UL, 6UL, 6UL], frames.Select(frame => frame.Seed!.Value));
    }

    [Fact]
    public void One_prompt_is_walked_from_noise_to_noise() => Assert.All(
        LatentWalk.Frames(new ImageJob("r", "") { Seed = 5 }, ["a"], WalkPace.Even(4)),
        frame => Assert.Equal(("a", "a", 5UL, 6UL), (frame.Prompt, frame.Blend!.Prompt, frame.Seed, frame.Blend.Seed)));
}
