using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>Writes to streams whose readers may have stopped reading.</summary>
public sealed class BoundedWriter(IOptions<HostingOptions> options, TimeProvider time)
{
    private readonly TimeSpan _timeout = options.Value.SlowReaderTimeout;

    /// <exception cref="SensoriumException">RESOURCE_EXHAUSTED SLOW_READER: the message was not taken in time.</exception>
    public async Task WriteAsync<T>(IServerStreamWriter<T> stream, T message, CancellationToken cancellationToken)
    {
        var writing = stream.WriteAsync(message, cancellationToken);
        if (writing.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await writing.WaitAsync(_timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw SlowReader(_timeout);
        }
    }

    /// <summary>What ends a stream from which nothing was read for so long.</summary>
    public static SensoriumException SlowReader(TimeSpan timeout) => new(
        ErrorCode.ResourceExhausted, ErrorReasons.SlowReader, $"The stream was ended because nothing was read from it for {timeout.TotalSeconds:F0} s.");
}
