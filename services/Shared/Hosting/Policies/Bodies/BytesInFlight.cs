using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Bodies;

/// <summary>Bytes of requests that are in memory, bounded for the process and for each caller.</summary>
internal sealed class BytesInFlight
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _callers = new(StringComparer.Ordinal);
    private readonly long _max;
    private readonly long _maxOfCaller;
    private long _total;

    public BytesInFlight(IOptions<HostingOptions> options, IMeterFactory meters)
    {
        (_max, _maxOfCaller) = (options.Value.MaxBytesInFlight, options.Value.MaxBytesInFlightPerCaller);
        meters.Create("Sensorium").CreateObservableGauge(
            "sensorium.host.requests.size", () => Total, "By", "Bytes of requests that are in memory");
    }

    public long Total => Volatile.Read(ref _total);

    /// <summary>The most that there were at a time.</summary>
    public long Peak { get; private set; }

    /// <exception cref="SensoriumException">RESOURCE_EXHAUSTED OVERLOADED: there would be too many; none are taken.</exception>
    public void Take(string caller, long bytes)
    {
        lock (_gate)
        {
            var ofCaller = _callers.GetValueOrDefault(caller) + bytes;
            if (_total + bytes > _max)
            {
                throw TooMany("all callers", _max);
            }

            if (ofCaller > _maxOfCaller)
            {
                throw TooMany("this caller", _maxOfCaller);
            }

            _callers[caller] = ofCaller;
            _total += bytes;
            Peak = Math.Max(Peak, _total);
        }
    }

    public void Give(string caller, long bytes)
    {
        lock (_gate)
        {
            _total -= bytes;
            var left = _callers.GetValueOrDefault(caller) - bytes;
            if (left > 0)
            {
                _callers[caller] = left;
            }
            else
            {
                _callers.Remove(caller);
            }
        }
    }

    private static SensoriumException TooMany(string whose, long limit) => SensoriumException.Overloaded(
        $"The requests of {whose} that are under way would have more than {limit:N0} bytes in memory; try again when some are done.",
        RetryAfter);
}
