using Sensorium.Core.Errors;

namespace Sensorium.Core.Admission;

/// <summary>
/// Refuses what would wait too long, before anything has been spent on it. A request is judged by what is before it, never by
/// its own size: many items in one request are admitted as readily as one. Nothing is refused where nothing is under way.
/// </summary>
/// <param name="server">What is waited for, as in messages: "vision encoder".</param>
/// <param name="limits">Asked at every request: options may change.</param>
internal sealed class AdmissionGate(string server, Func<AdmissionLimits> limits, AdmissionMetrics metrics, TimeProvider time)
{
    // So many usual items may be ahead of a request, however long they take: a short queue of slow items is no overload.
    private const int FewItems = 8;

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnknownDelay = TimeSpan.FromSeconds(1);

    /// <summary>Throws OVERLOADED with the expected wait if so many items are not to be admitted now.</summary>
    public void Check(QueueState queue, int items, DateTimeOffset? deadline)
    {
        var (most, bound) = (limits(), (TimeSpan?)null);
        if (queue.Pending == 0
            || (queue.Pending + items <= most.MaxPending && !(queue.Wait > (bound = LongestWait(queue, most, deadline)))))
        {
            return;
        }

        metrics.Refused(items);
        throw SensoriumException.Overloaded(
            bound is { } longest
                ? $"This request would wait about {queue.Wait!.Value.TotalMilliseconds:F0} ms for the {server}; {longest.TotalMilliseconds:F0} ms is the most."
                : $"The {server} has {queue.Pending} items under way and takes {most.MaxPending}; {items} more do not fit.",
            RetryDelay(queue.Wait));
    }

    // Half of the time to the deadline leaves the other half to the work itself and to what the estimate is wrong by.
    private TimeSpan LongestWait(QueueState queue, AdmissionLimits most, DateTimeOffset? deadline)
    {
        var usual = Longer(most.MaxExpectedWait, FewItems * queue.ItemTime.GetValueOrDefault());
        if (deadline is not { } end)
        {
            return usual;
        }

        var left = Longer(TimeSpan.Zero, end - time.GetUtcNow());
        var patient = Longer(usual, left / 2);
        return patient < left ? patient : left;
    }

    private static TimeSpan RetryDelay(TimeSpan? wait) => wait is not { } known
        ? UnknownDelay
        : known > LongestDelay ? LongestDelay : Longer(known, ShortestDelay);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
