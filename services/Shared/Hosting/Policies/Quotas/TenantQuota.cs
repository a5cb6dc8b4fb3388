using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>What one tenant may have, and has had. Safe to use from several threads.</summary>
internal sealed class TenantQuota(string tenant, TenantSettings settings, TimeProvider time)
{
    // A call that ends makes room, and nobody knows when.
    private static readonly TimeSpan UntilOneEnds = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly RateBucket? _requests = settings.RequestsPerMinute > 0 ? new RateBucket(settings.RequestsPerMinute, time) : null;
    private readonly RateBucket? _tokens = settings.TokensPerMinute > 0 ? new RateBucket(settings.TokensPerMinute, time) : null;
    private int _active;

    public int Active => Volatile.Read(ref _active);

    /// <summary>A call begins; <see cref="Leave"/> when it is over. Throws RESOURCE_EXHAUSTED QUOTA_EXCEEDED with when to try again.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (settings.MaxConcurrency > 0 && _active >= settings.MaxConcurrency)
            {
                throw Exceeded(nameof(settings.MaxConcurrency), settings.MaxConcurrency, "calls under way", UntilOneEnds);
            }

            // One token is left to begin with: how many a call takes is known when it has taken them.
            if (_tokens?.WaitFor(1) is { Ticks: > 0 } wait)
            {
                throw Exceeded(nameof(settings.TokensPerMinute), settings.TokensPerMinute, "tokens a minute", wait);
            }

            if (_requests?.WaitFor(1) is { Ticks: > 0 } delay)
            {
                throw Exceeded(nameof(settings.RequestsPerMinute), settings.RequestsPerMinute, "calls a minute", delay);
            }

            _requests?.Take(1);
            _active++;
        }
    }

    public void Leave() => Interlocked.Decrement(ref _active);

    public void Count(long tokens)
    {
        lock (_gate)
        {
            _tokens?.WaitFor(0);
            _tokens?.Take(tokens);
        }
    }

    private SensoriumException Exceeded(string quota, int limit, string of, TimeSpan wait) => new(
        ErrorCode.ResourceExhausted,
        ErrorReasons.QuotaExceeded,
        $"Tenant \"{tenant}\" has had the {limit} {of} that it may have; try again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):F0} s.")
    {
        RetryAfter = wait,
        Metadata = new Dictionary<string, string>
        {
            ["tenant"] = tenant,
            ["quota"] = quota,
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
        },
    };
}
