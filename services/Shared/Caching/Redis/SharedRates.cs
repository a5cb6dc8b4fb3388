using Sensorium.Core.Tenancy;

namespace Sensorium.Caching.Redis;

/// <summary>
/// Rates in Redis, by the generic cell rate algorithm (ITU-T I.371): of each there is one number, the time until which all that was had
/// is paid for. Redis reads its own clock, so that those of replicas do not matter.
/// </summary>
internal sealed class SharedRates(SharedCalls calls, TimeSpan timeout) : ISharedRates
{
    private const string Prefix = "sensorium:rate1:";

    // In microseconds, as of TIME. A number of Lua is exact up to some centuries of them.
    private const string Script = """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local paid = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + ARGV[2] * 60000000 / ARGV[1]
        local wait = paid - now - 60000000
        if wait > 0 and ARGV[3] ~= 'Owe' then return string.format('%.0f', wait) end
        if ARGV[3] ~= 'Look' then
          redis.call('SET', KEYS[1], string.format('%.0f', paid), 'PX', string.format('%.0f', (paid - now) / 1000 + 1000))
        end
        return '0'
        """;

    public async Task<TimeSpan?> AskAsync(string name, int perMinute, double amount, RateAsk ask)
    {
        var answer = await calls.TryAsync("rate", timeout, store => store.EvaluateAsync(Script, Prefix + name, [perMinute, amount, ask.ToString()]));
        return long.TryParse(answer, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var wait)
            ? TimeSpan.FromMicroseconds(wait)
            : null;
    }
}
