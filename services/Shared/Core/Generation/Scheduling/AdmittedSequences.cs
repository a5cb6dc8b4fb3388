using Sensorium.Core.Admission;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Counts sequences from the call to its end. The gate bounds them, and the time that they wait for a slot, so that overload is
/// refused before it costs anything. A tenant's own are counted against those of others by their shares.
/// </summary>
internal sealed class AdmittedSequences(AdmissionGate gate)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Tenant Tenant, double Rows)> _tenants = new(StringComparer.Ordinal);

    /// <summary>Dispose the result when the request is over. Throws OVERLOADED with the expected wait.</summary>
    /// <param name="queue">What the request finds, given the number of sequences that are under way.</param>
    public IDisposable Enter(int rows, Func<int, QueueState> queue, DateTimeOffset? deadline, Tenant? tenant = null)
    {
        var who = tenant ?? Tenant.Default;
        lock (_lock)
        {
            gate.Check(queue((int)Math.Ceiling(FairShare.Before(who, _tenants.Values))), rows, deadline);
            _tenants[who.Name] = (who, _tenants.GetValueOrDefault(who.Name).Rows + rows);
        }

        return new Ticket(this, who, rows);
    }

    private void Leave(Tenant tenant, int rows)
    {
        lock (_lock)
        {
            var left = _tenants[tenant.Name].Rows - rows;
            if (left > 0)
            {
                _tenants[tenant.Name] = (tenant, left);
            }
            else
            {
                _tenants.Remove(tenant.Name);
            }
        }
    }

    private sealed class Ticket(AdmittedSequences admitted, Tenant tenant, int rows) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                admitted.Leave(tenant, rows);
            }
        }
    }
}
