using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Admission;

/// <summary>
/// The work of one encoder that has been admitted and not done, in whatever stage it is, and how long it will take. The rate
/// is that of all stages together: work done per time in which there was any. An item that has not been prepared counts with
/// the mean work of those before it. A tenant's own is counted against that of others by their shares.
/// </summary>
internal sealed class Backlog(AdmissionGate gate, TimeProvider time)
{
    // So many pieces of work are done before the rate counts as known.
    private const int LeastRecords = 32;

    private readonly Lock _gate = new();
    private readonly ServiceRate _rate = new(LeastRecords);
    private readonly CappedRatio _workPerItem = new();
    private readonly Dictionary<string, TenantBacklog> _tenants = new(StringComparer.Ordinal);
    private int _items;
    private int _present;
    private long _busySince;

    /// <summary>What a request of the lowest priority finds.</summary>
    public QueueState State
    {
        get
        {
            lock (_gate)
            {
                return new QueueState(
                    _items, _rate.Estimate(_tenants.Values.Sum(tenant => tenant.WorkUpTo(PriorityLevels.Count - 1))), _rate.Estimate(MeanWork));
            }
        }
    }

    private double MeanWork => _workPerItem.Value.GetValueOrDefault();

    /// <summary>Admits all items or none. Throws OVERLOADED with the expected wait.</summary>
    public AdmittedItems Enter(int count, RequestPriority priority, DateTimeOffset? deadline = null, Tenant? tenant = null)
    {
        var who = tenant ?? Tenant.Default;
        lock (_gate)
        {
            var (level, mean) = (priority.Level(), MeanWork);
            gate.Check(StateOf(who, level), count, deadline);
            Pass();
            _items += count;
            _present += count;
            var own = BacklogOf(who);
            own.Items += count;
            own.Work[level] += count * mean;
            return new AdmittedItems([.. Enumerable.Range(0, count).Select(_ => new BacklogItem(this, own, level, mean))]);
        }
    }

    /// <param name="own">Of the tenant.</param>
    /// <param name="level">Of the priority.</param>
    /// <param name="work">Added to what is in the way; below 0 if it is taken away.</param>
    /// <param name="items">Items that come to be in the way, or no longer are.</param>
    /// <param name="done">Work that has been done.</param>
    public void Change(TenantBacklog own, int level, double work, int items = 0, double done = 0)
    {
        lock (_gate)
        {
            Pass();
            own.Work[level] += work;
            _present += items;
            if (done > 0)
            {
                _rate.Record(done);
            }
        }
    }

    /// <summary>An item has turned out to be so much work.</summary>
    public void Learn(double work)
    {
        lock (_gate)
        {
            _workPerItem.Add(work, 1);
        }
    }

    public void Forget(TenantBacklog own)
    {
        lock (_gate)
        {
            _items--;
            if (--own.Items == 0)
            {
                _tenants.Remove(own.Tenant.Name);
            }
        }
    }

    // What has a lower priority is overtaken. A flood of others is in nobody's way but by its share.
    private QueueState StateOf(Tenant tenant, int level) => new(
        (int)Math.Ceiling(FairShare.Before(tenant, _tenants.Values.Select(each => (each.Tenant, (double)each.Items)))),
        _rate.Estimate(FairShare.Before(tenant, _tenants.Values.Select(each => (each.Tenant, each.WorkUpTo(level))))),
        _rate.Estimate(MeanWork));

    private TenantBacklog BacklogOf(Tenant tenant)
    {
        if (!_tenants.TryGetValue(tenant.Name, out var own))
        {
            _tenants[tenant.Name] = own = new TenantBacklog(tenant);
        }

        return own;
    }

    // Time counts while any item is in the way.
    private void Pass()
    {
        var now = time.GetTimestamp();
        if (_present > 0)
        {
            _rate.Spend(time.GetElapsedTime(_busySince, now), _present);
        }

        _busySince = now;
    }
}
