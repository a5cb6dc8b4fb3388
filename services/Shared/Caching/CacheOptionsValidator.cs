using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Sensorium.Caching;

/// <summary>Reports every wrong setting at once, by its configuration key.</summary>
internal sealed class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        var failures = new List<string>();
        Require(options.MemoryBytes >= 0, nameof(options.MemoryBytes), options.MemoryBytes, "0 or more");
        Require(options.MaxValueBytes > 0, nameof(options.MaxValueBytes), options.MaxValueBytes, "more than 0");
        Require(options.MaxPendingWriteBytes > 0, nameof(options.MaxPendingWriteBytes), options.MaxPendingWriteBytes, "more than 0");
        Require(options.BreakAfterFailures > 0, nameof(options.BreakAfterFailures), options.BreakAfterFailures, "more than 0");
        RequireSpan(options.TimeToLive, nameof(options.TimeToLive), TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650));
        RequireSpan(options.Timeout, nameof(options.Timeout), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        RequireSpan(options.DrainTimeout, nameof(options.DrainTimeout), TimeSpan.Zero, TimeSpan.FromMinutes(10));
        RequireSpan(options.BreakDuration, nameof(options.BreakDuration), TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        RequireSpan(options.DescriptionLifetime, nameof(options.DescriptionLifetime), TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        RequireSpan(options.DescriptionTimeout, nameof(options.DescriptionTimeout), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        RequireConnection(options.RedisConnection);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        // The string itself is not repeated: it may hold a password.
        void RequireConnection(string? connection)
        {
            if (!string.IsNullOrWhiteSpace(connection) && !IsConnection(connection))
            {
                failures.Add($"{CacheOptions.Section}:{nameof(options.RedisConnection)} is not a Redis configuration string, as \"redis:6379\".");
            }
        }

        void RequireSpan(TimeSpan value, string key, TimeSpan from, TimeSpan to) =>
            Require(value >= from && value <= to, key, value, $"from {from} to {to}");

        void Require(bool good, string key, object value, string expected)
        {
            if (!good)
            {
                failures.Add($"{CacheOptions.Section}:{key} is {value}; it must be {expected}.");
            }
        }
    }

    private static bool IsConnection(string connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
