using Sensorium.Core.Batching;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>
/// Refuses what would wait too long, before anything has been spent on it. A request is judged by what is before it, never by
/// its own size: many items in one request are admitted as readily as one.
/// </summary>
internal sealed class AdmissionGate(string name, EncoderOptions options, Backlog backlog, EncoderMetrics metrics)
{
    /// <summary>Admits all items or none. Throws OVERLOADED with the expected wait.</summary>
    public Admission Enter(int items, RequestPriority priority)
    {
        var (pending, wait) = (0, (TimeSpan?)null);
        var admitted = backlog.TryAdd(items, priority, (before, expected) =>
        {
            (pending, wait) = (before, expected);
            return before == 0 || (before + items <= options.MaxPendingItems && !(expected > options.MaxExpectedWait));
        });
        if (admitted is not null)
        {
            return new Admission(admitted);
        }

        metrics.Refused(items);
        throw SensoriumException.Overloaded(
            wait > options.MaxExpectedWait
                ? $"This request would wait about {wait.Value.TotalMilliseconds:F0} ms for the {name} encoder; {options.MaxExpectedWait.TotalMilliseconds:F0} ms is the most."
                : $"The {name} encoder has {pending} items under way and takes {options.MaxPendingItems}; {items} more do not fit.",
            DrainRate.RetryDelay(wait));
    }
}

/// <summary>The items of an admitted request, in order; those that have not ended are given up with it.</summary>
internal sealed class Admission(BacklogItem[] items) : IDisposable
{
    public BacklogItem this[int index] => items[index];

    public void Dispose() => Array.ForEach(items, item => item.End(served: false));
}
