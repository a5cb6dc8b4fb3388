using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Why a stream ends from which nothing is waited for any longer.</summary>
internal static class LiveEnds
{
    /// <param name="late">What is said where the process is not stopping: the caller took too long.</param>
    /// <param name="draining">Cancelled where the process is stopping.</param>
    public static SensoriumException Of(string late, CancellationToken draining) => draining.IsCancellationRequested
        ? SensoriumException.Unavailable(ErrorReasons.Draining, "This process is stopping; begin the stream again, another one may answer.")
        : new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded, late);
}
