namespace Sensorium.Core.Tenancy;

/// <summary>
/// What waits, by priority and, within a level of it, by the shares of tenants. A level counts like having come earlier by the
/// head start, so that nothing waits for ever. Not safe for concurrent use.
/// </summary>
/// <param name="levels">Of priority; 0 goes first.</param>
/// <param name="headStart">Of one level over the next, in timestamps.</param>
internal sealed class FairQueue<T>(int levels, long headStart)
{
    private readonly FairLevel<T>[] _levels = [.. Enumerable.Range(0, levels).Select(_ => new FairLevel<T>())];
    private readonly HashSet<FairPlace<T>> _places = [];
    private long _arrived;

    public int Count => _places.Count;

    /// <summary>All that wait, in no order.</summary>
    public IReadOnlyCollection<FairPlace<T>> Places => _places;

    public FairPlace<T>? First => Count == 0 ? null : InOrder().FirstOrDefault();

    public FairPlace<T> Add(T value, Tenant tenant, int level, double cost, long arrivedAt)
    {
        var place = new FairPlace<T>(value, tenant, level, cost, arrivedAt, _arrived++);
        _levels[level].Add(place);
        _places.Add(place);
        return place;
    }

    /// <summary>False if it does not wait here.</summary>
    /// <param name="place">Of any queue.</param>
    /// <param name="served">Its cost counts against its tenant's share; else it was given up.</param>
    public bool Remove(FairPlace<T> place, bool served)
    {
        if (!_places.Remove(place))
        {
            return false;
        }

        _levels[place.Level].Remove(place, served);
        return true;
    }

    /// <summary>How much would go before what came now.</summary>
    /// <param name="level">Of priority.</param>
    /// <param name="tenant">Whose it is; null counts all that has come soon enough.</param>
    /// <param name="now">In timestamps.</param>
    /// <param name="amount">Of what waits, in the unit that is asked for.</param>
    public double Before(int level, Tenant? tenant, long now, Func<T, double> amount)
    {
        var sooner = _places.Where(place => place.ArrivedAt + (place.Level * headStart) <= now + (level * headStart)).Select(place => (place.Tenant, Amount: amount(place.Value)));
        return tenant is null ? sooner.Sum(place => place.Amount) : FairShare.Before(tenant, sooner);
    }

    /// <summary>Gives up all that waits, and gives it back.</summary>
    public IReadOnlyList<T> Clear()
    {
        FairPlace<T>[] left = [.. _places];
        Array.ForEach(left, place => Remove(place, served: false));
        return [.. left.Select(place => place.Value)];
    }

    /// <summary>What a tenant was served on a level has cost more than was charged, or less.</summary>
    public void Charge(Tenant tenant, int level, double cost) => _levels[level].Charge(tenant, cost);

    /// <summary>As they would be served if nothing more came.</summary>
    public IEnumerable<FairPlace<T>> InOrder()
    {
        IEnumerator<FairPlace<T>>?[] heads = [.. _levels.Select(level => Next(level.InOrder().GetEnumerator()))];
        while (FirstOf(heads) is var level and >= 0)
        {
            yield return heads[level]!.Current;
            heads[level] = Next(heads[level]!);
        }
    }

    private int FirstOf(IEnumerator<FairPlace<T>>?[] heads)
    {
        var (first, least) = (-1, long.MaxValue);
        for (var level = 0; level < heads.Length; level++)
        {
            if (heads[level] is { } head && head.Current.ArrivedAt + (level * headStart) is var place && place < least)
            {
                (first, least) = (level, place);
            }
        }

        return first;
    }

    private static IEnumerator<FairPlace<T>>? Next(IEnumerator<FairPlace<T>> places) => places.MoveNext() ? places : null;
}
