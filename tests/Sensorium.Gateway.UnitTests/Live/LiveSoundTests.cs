using Sensorium.Gateway.Operations.Live;
using Sensorium.Gateway.Operations.Live.Sound;
using Xunit;
using static Sensorium.Gateway.UnitTests.Live.LiveStage;

namespace Sensorium.Gateway.UnitTests.Live;

public sealed class LiveSoundTests
{
    [Theory]
    [InlineData(8_000, 440)]
    [InlineData(44_100, 440)]
    [InlineData(48_000, 3_000)]
    [InlineData(96_000, 1_000)]
    public void A_tone_is_the_same_tone_at_another_rate_however_it_is_cut(int rate, double pitch)
    {
        var resampler = new Resampler(rate, 16_000);
        var tone = Tone(rate, pitch, rate);

        float[] made = [.. new[] { tone[..101], tone[101..7_000], tone[7_000..] }.SelectMany(resampler.Add)];

        Assert.InRange(made.Length, 15_900, 16_000);
        var expected = Tone(16_000, pitch, made.Length);
        Assert.All(Enumerable.Range(200, made.Length - 200), i => Assert.Equal(expected[i], made[i], 0.01));
    }

    [Fact]
    public void What_the_rate_cannot_hold_is_left_out()
    {
        var made = new Resampler(48_000, 16_000).Add(Tone(48_000, 11_000, 48_000));

        Assert.All(made.Skip(200), value => Assert.InRange(value, -0.01f, 0.01f));
    }

    [Fact]
    public void Channels_are_averaged_and_floats_that_are_no_numbers_are_silence()
    {
        var stereo = new SoundStream(new SoundFormat(SampleEncoding.Float32, 16_000, 2));
        float[] values = [0.5f, 0.25f, float.NaN, 1, 4, 0];

        var block = stereo.Add(new LiveSound(TimeSpan.Zero, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray()), 0);

        Assert.Equal([0.375f, 0.5f, 0.5f], block.Samples);
    }

    [Fact]
    public void Time_goes_on_by_the_samples_until_the_clock_is_far_from_them()
    {
        var stream = new SoundStream(new SoundFormat(SampleEncoding.Signed16, 16_000, 1));

        var blocks = new[] { Sound(5, 1, 1), Sound(6.1, 1, 1), Sound(9, 1, 1) }.Select(sound => stream.Add(sound, 0)).ToArray();

        Assert.Equal([(5, false), (6, true), (9, false)], blocks.Select(block => (block.Start.TotalSeconds, block.Continues)));
    }

    [Fact]
    public void A_window_slides_by_steps_and_begins_anew_behind_a_gap()
    {
        var window = new SlidingWindow(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.5), TimeSpan.Zero);

        Assert.Null(window.Add(Block(0, 0.4, true), out var passed));
        Assert.Equal(0, passed);
        Assert.Equal((0, 0.6), Ends(window.Add(Block(0.4, 0.2, true), out _)));
        Assert.Equal((1.1, 3.1), Ends(window.Add(Block(0.6, 2.5, true), out passed)));
        Assert.Equal(5, passed);
        Assert.Equal((7, 8), Ends(window.Add(Block(7, 1, false), out _)));
    }

    [Fact]
    public void A_window_is_repeated_as_often_as_it_fits()
    {
        var window = new SlidingWindow(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2.75));
        var tone = Tone(16_000, 300, 8_000);

        var piece = window.Add(new SoundBlock(TimeSpan.Zero, tone, 0, Continues: false), out _);

        Assert.Equal((0, 0.5), Ends(piece));
        Assert.Equal([.. tone, .. tone, .. tone, .. tone, .. tone], piece!.Samples);
    }

    [Fact]
    public void Speech_is_cut_where_it_is_quiet_and_silence_is_left_out()
    {
        var cutter = new SpeechCutter(TimeSpan.FromSeconds(4));
        var samples = Tone(16_000, 300, 5 * 16_000);
        Array.Clear(samples, (int)(3.4 * 16_000), 1_600);

        var piece = Assert.Single(cutter.Add(new SoundBlock(TimeSpan.FromSeconds(10), samples, 0, Continues: false)));

        Assert.InRange(piece.Moment.Range.End!.Value.TotalSeconds, 13.4, 13.5);
        Assert.Equal(15, cutter.Flush()!.Moment.Range.End!.Value.TotalSeconds, 1e-6);
        Assert.Null(cutter.Flush());
        Assert.Empty(cutter.Add(new SoundBlock(TimeSpan.FromSeconds(20), new float[5 * 16_000], 0, Continues: false)));
    }

    private static (double Start, double End) Ends(SoundPiece? piece) =>
        (Math.Round(piece!.Moment.Range.Start.TotalSeconds, 3), Math.Round(piece.Moment.Range.End!.Value.TotalSeconds, 3));

    private static SoundBlock Block(double start, double duration, bool continues) =>
        new(TimeSpan.FromSeconds(start), new float[(int)Math.Round(duration * 16_000)], 0, continues);

    private static float[] Tone(int rate, double pitch, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * pitch * i / rate)))];
}
