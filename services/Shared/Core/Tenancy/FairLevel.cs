namespace Sensorium.Core.Tenancy;

/// <summary>
/// One level of priority, by start-time fair queueing (Goyal, Vin and Cheng 1996): a tenant's next place is due when what it was
/// given before has been paid for at the pace of its weight, and whoever was away begins at the virtual time of those who are
/// served. Costs are charged when a place is served, so that what is given up costs nothing. One tenant alone is served by arrival.
/// </summary>
internal sealed class FairLevel<T>
{
    private readonly Dictionary<string, FairLine<T>> _lines = new(StringComparer.Ordinal);
    private double _virtualTime;
    private int _count;

    public void Add(FairPlace<T> place)
    {
        if (!_lines.TryGetValue(place.Tenant.Name, out var line))
        {
            _lines[place.Tenant.Name] = line = new FairLine<T>();
        }

        if (line.Places.Count == 0)
        {
            line.Start = Math.Max(line.Start, _virtualTime);
        }

        place.Node = line.Places.AddLast(place);
        _count++;
    }

    /// <param name="place">Of this level.</param>
    /// <param name="served">Its cost counts; else it was given up.</param>
    public void Remove(FairPlace<T> place, bool served)
    {
        var line = _lines[place.Tenant.Name];
        line.Places.Remove(place.Node!);
        place.Node = null;
        if (served)
        {
            _virtualTime = Math.Max(_virtualTime, line.Start);
            line.Start += place.Cost / place.Tenant.Weight;
        }

        // Whoever comes when nobody waits owes nobody anything.
        if (--_count == 0)
        {
            _lines.Clear();
            _virtualTime = 0;
        }
    }

    /// <summary>What was served has cost more than was charged, or less.</summary>
    public void Charge(Tenant tenant, double cost)
    {
        if (_lines.TryGetValue(tenant.Name, out var line))
        {
            line.Start += cost / tenant.Weight;
        }
    }

    /// <summary>As they would be served if nothing more came.</summary>
    public IEnumerable<FairPlace<T>> InOrder()
    {
        if (_lines.Count == 1)
        {
            return _lines.Values.First().Places;
        }

        return _lines.Count == 0 ? [] : Merge();
    }

    private IEnumerable<FairPlace<T>> Merge()
    {
        var heads = new PriorityQueue<LinkedListNode<FairPlace<T>>, (double Start, long Order)>(_lines.Count);
        foreach (var line in _lines.Values.Where(line => line.Places.Count > 0))
        {
            heads.Enqueue(line.Places.First!, (line.Start, line.Places.First!.Value.Order));
        }

        while (heads.TryDequeue(out var head, out var due))
        {
            yield return head.Value;
            if (head.Next is { } next)
            {
                heads.Enqueue(next, (due.Start + (head.Value.Cost / head.Value.Tenant.Weight), next.Value.Order));
            }
        }
    }
}
