using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>What one tenant may have, and has had. Safe to use from several threads.</summary>
/// <param name="shared">What replicas count together; null if each counts alone. Calls under way are each replica's own.</param>
internal sealed class TenantQuota(string tenant, TenantSettings settings, ISharedRates? shared, TimeProvider time)
{
    // A call that ends makes room, and nobody knows when.
    private static readonly TimeSpan UntilOneEnds = TimeSpan.FromSeconds(1);

    private readonly SharedBucket? _requests = Bucket($"{tenant}:requests", settings.RequestsPerMinute, shared, time);
    private readonly SharedBucket? _tokens = Bucket($"{tenant}:tokens", settings.TokensPerMinute, shared, time);
    private int _active;

    public int Active => Volatile.Read(ref _active);

    /// <summary>A call begins; <see cref="Leave"/> when it is over. Throws RESOURCE_EXHAUSTED QUOTA_EXCEEDED with when to try again.</summary>
    public async ValueTask EnterAsync()
    {
        if (Interlocked.Increment(ref _active) > settings.MaxConcurrency && settings.MaxConcurrency > 0)
        {
            Leave();
            throw Exceeded(nameof(settings.MaxConcurrency), settings.MaxConcurrency, "calls under way", UntilOneEnds);
        }

        try
        {
            await CheckRatesAsync();
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Leave() => Interlocked.Decrement(ref _active);

    public void Count(long tokens) => _tokens?.Count(tokens);

    private async ValueTask CheckRatesAsync()
    {
        // One token is left to begin with: how many a call takes is known when it has taken them.
        if (_tokens is not null && await _tokens.WaitForAsync(1) is { Ticks: > 0 } wait)
        {
            throw Exceeded(nameof(settings.TokensPerMinute), settings.TokensPerMinute, "tokens a minute", wait);
        }

        if (_requests is not null && await _requests.TakeAsync(1) is { Ticks: > 0 } delay)
        {
            throw Exceeded(nameof(settings.RequestsPerMinute), settings.RequestsPerMinute, "calls a minute", delay);
        }
    }

    private static SharedBucket? Bucket(string name, int perMinute, ISharedRates? shared, TimeProvider time) =>
        perMinute > 0 ? new SharedBucket(name, perMinute, shared, time) : null;

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
