using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Hosting.Hosts.Http2;
using Sensorium.Testing.Shared.Http2;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Http2;

public sealed class FrameBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Frames_are_found_however_they_are_cut()
    {
        byte[] sent = [.. new byte[24], .. Http2Frames.Frame(4, 0, 0, []), .. Http2Frames.Frame(0, 1, 3, new byte[300]), .. Http2Frames.Frame(2, 0, 1, [0, 0, 0, 0, 16])];
        for (var size = 1; size <= sent.Length; size++)
        {
            var found = new List<(int, byte, byte)>();
            var reader = new FrameReader((length, type, flags) => found.Add((length, type, flags)));

            foreach (var part in sent.Chunk(size))
            {
                reader.Read(new ReadOnlySequence<byte>(part));
            }

            Assert.Equal([(0, 4, 0), (300, 0, 1), (5, 2, 0)], found);
        }
    }

    [Fact]
    public void A_thousand_empty_frames_are_allowed_and_then_a_hundred_a_second()
    {
        var budget = new FrameBudget(_time);

        Assert.Equal(1_000, Enumerable.Range(0, 1_500).Count(_ => budget.Allows(5, Http2Frames.Priority, 0)));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(Enumerable.Range(0, 1_500).Count(_ => budget.Allows(5, Http2Frames.Priority, 0)), 400, 1_000);
    }

    [Fact]
    public void Windows_are_widened_twice_for_what_was_read_and_ten_thousand_times_for_nothing()
    {
        var budget = new FrameBudget(_time);
        for (var i = 0; i < 20_000; i++)
        {
            // A frame with a message of one byte.
            budget.Wrote(15);
            Assert.True(budget.Allows(4, Http2Frames.WindowUpdate, 0) && budget.Allows(4, Http2Frames.WindowUpdate, 0));
        }

        Assert.InRange(Enumerable.Range(0, 40_000).Count(_ => budget.Allows(4, Http2Frames.WindowUpdate, 0)), 9_999, 13_000);
    }

    [Theory]
    [InlineData(16384, Http2Frames.Data, 0)]
    [InlineData(0, Http2Frames.Data, 1)]
    [InlineData(100, Http2Frames.Headers, 4)]
    [InlineData(8, Http2Frames.Ping, 1)]
    [InlineData(0, Http2Frames.SettingsFrame, 1)]
    public void What_calls_are_made_of_costs_nothing(int length, byte type, byte flags)
    {
        var budget = new FrameBudget(_time);

        Assert.All(Enumerable.Range(0, 20_000), _ => Assert.True(budget.Allows(length, type, flags)));
    }
}
