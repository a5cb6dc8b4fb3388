using Sensorium.Core.Admission;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Diffusion.Scheduling;

/// <summary>Pictures that wait for their turn, by priority and by the shares of tenants. Safe to use from several threads.</summary>
internal sealed class PictureQueue(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<Picture> _pictures = new(PriorityLevels.Count, PriorityLevels.HeadStartIn(time));
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pictures.Count;
            }
        }
    }

    /// <summary>Gives how many go before them; -1 if the queue has been closed.</summary>
    public int Enqueue(IReadOnlyList<Picture> pictures)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return -1;
            }

            var before = Before(pictures[0].Priority, pictures[0].Tenant);
            foreach (var picture in pictures)
            {
                _pictures.Add(picture, picture.Tenant, picture.Priority.Level(), picture.StepsToTake, time.GetTimestamp());
            }

            return before;
        }
    }

    /// <summary>How many would go before a request that came now.</summary>
    /// <param name="priority">Of the request.</param>
    /// <param name="tenant">Whose request it is; null counts all that wait.</param>
    public int CountBefore(RequestPriority priority, Tenant? tenant = null)
    {
        lock (_gate)
        {
            return Before(priority, tenant);
        }
    }

    public Picture? TryDequeue()
    {
        lock (_gate)
        {
            if (_pictures.First is not { } place)
            {
                return null;
            }

            _pictures.Remove(place, served: !place.Value.Cancellation.IsCancellationRequested);
            return place.Value;
        }
    }

    /// <summary>Takes no more; gives what still waits.</summary>
    public IReadOnlyList<Picture> Close()
    {
        lock (_gate)
        {
            _closed = true;
            return _pictures.Clear();
        }
    }

    private int Before(RequestPriority priority, Tenant? tenant) => (int)Math.Ceiling(_pictures.Before(priority.Level(), tenant, time.GetTimestamp(), _ => 1));
}
