using Grpc.Core;

namespace Sensorium.Hosting.Grpc.Serving;

public static class CallDeadline
{
    /// <summary>When the caller gives up; null if it did not say.</summary>
    public static DateTimeOffset? DeadlineIfAny(this ServerCallContext context) =>
        context.Deadline == DateTime.MaxValue ? null : new DateTimeOffset(context.Deadline.ToUniversalTime());
}
