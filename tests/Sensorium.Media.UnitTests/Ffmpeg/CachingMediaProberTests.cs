using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

public sealed class CachingMediaProberTests
{
    [Fact]
    public async Task The_same_content_is_described_once()
    {
        var inner = new Counting();
        var prober = new CachingMediaProber(inner);

        var first = await prober.ProbeAsync(MediaServices.Bytes([1, 2]), TestContext.Current.CancellationToken);
        var again = await prober.ProbeAsync(MediaServices.Bytes([1, 2]), TestContext.Current.CancellationToken);
        await prober.ProbeAsync(MediaServices.Bytes([1, 3]), TestContext.Current.CancellationToken);

        Assert.Same(first, again);
        Assert.Equal(2, inner.Calls);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        var inner = new Counting { Fails = true };
        var prober = new CachingMediaProber(inner);
        await Assert.ThrowsAsync<InvalidOperationException>(() => prober.ProbeAsync(MediaServices.Bytes([1]), TestContext.Current.CancellationToken));
        inner.Fails = false;

        var probe = await prober.ProbeAsync(MediaServices.Bytes([1]), TestContext.Current.CancellationToken);

        Assert.Equal("test", probe.Format);
    }

    private sealed class Counting : IMediaProber
    {
        public int Calls { get; private set; }

        public bool Fails { get; set; }

        public Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken)
        {
            Calls++;
            return Fails ? throw new InvalidOperationException("no") : Task.FromResult(new MediaProbe("test", null, null, null, null));
        }

        public Task<TrackSpan?> MeasureAsync(IMediaContent content, int stream, CancellationToken cancellationToken) =>
            Task.FromResult<TrackSpan?>(null);
    }
}
