using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class BoundedWriterTests
{
    [Fact]
    public async Task A_reader_that_has_stopped_reading_is_ended()
    {
        var time = new FakeTimeProvider();
        var options = Options.Create(new HostingOptions { SlowReaderTimeout = TimeSpan.FromSeconds(10) });

        var writing = new BoundedWriter(options, time).WriteAsync(new StuckStream(), "x", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(writing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => writing);
        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.SlowReader), (error.Code, error.Reason));
    }

    private sealed class StuckStream : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => new TaskCompletionSource().Task;

        public Task WriteAsync(string message, CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }
}
