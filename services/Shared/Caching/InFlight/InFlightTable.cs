using Sensorium.Caching.Keys;

namespace Sensorium.Caching.InFlight;

/// <summary>The items that are being looked up or encoded, by key: no key is encoded twice at the same time.</summary>
internal sealed class InFlightTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CacheKey, InFlightItem> _inFlight = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _inFlight.Count;
            }
        }
    }

    /// <summary>Joins the items that there are and starts the others as one call.</summary>
    /// <param name="wanted">
    /// One per item. What is under way for the richer key serves as well. Items without keys are never shared.
    /// </param>
    /// <param name="deadline">Until when the request waits; null if it did not say.</param>
    public JoinedItems Join(IReadOnlyList<WantedItem> wanted, bool store, DateTimeOffset? deadline = null)
    {
        var started = new InFlightCall();
        var items = new InFlightItem[wanted.Count];
        var calls = new HashSet<InFlightCall>();
        lock (_lock)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = Find(wanted[i]) ?? Start(wanted[i], started);
                if (store)
                {
                    items[i].DemandStoring();
                }

                if (calls.Add(items[i].Call))
                {
                    items[i].Call.Admit(deadline);
                }
            }
        }

        return new JoinedItems(items, started, calls);
    }

    /// <summary>To be called once by everyone who joined, whether the items have ended or not.</summary>
    public void Leave(JoinedItems joined)
    {
        List<InFlightCall>? abandoned = null;
        lock (_lock)
        {
            foreach (var call in joined.Calls)
            {
                if (!call.Release() || call.Items.TrueForAll(item => item.IsCompleted))
                {
                    continue;
                }

                // Nobody may join any more what is about to be cancelled.
                call.Items.ForEach(Forget);
                (abandoned ??= []).Add(call);
            }
        }

        abandoned?.ForEach(call => call.Abandon());
    }

    public void Complete(InFlightItem item, ItemResult result)
    {
        lock (_lock)
        {
            Forget(item);
        }

        item.Complete(result);
    }

    private InFlightItem? Find(WantedItem wanted)
    {
        InFlightItem? item = null;
        if (wanted.Key is { } key && !_inFlight.TryGetValue(key, out item) && wanted.RicherKey is { } richer)
        {
            _inFlight.TryGetValue(richer, out item);
        }

        return item;
    }

    private InFlightItem Start(WantedItem wanted, InFlightCall call)
    {
        var item = new InFlightItem(wanted, call);
        call.Items.Add(item);
        if (wanted.Key is { } key)
        {
            _inFlight.Add(key, item);
        }

        return item;
    }

    private void Forget(InFlightItem item)
    {
        if (item.Key is { } key && _inFlight.TryGetValue(key, out var current) && current == item)
        {
            _inFlight.Remove(key);
        }
    }
}

