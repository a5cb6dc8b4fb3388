using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Admission;

namespace Sensorium.Caching.Redis;

/// <summary>
/// Calls of the shared store that never fail and never last: whatever goes wrong is counted and answered with null.
/// </summary>
internal sealed partial class SharedCalls(
    ISharedStore store,
    CircuitBreaker breaker,
    CacheMetrics metrics,
    TimeProvider time,
    ILogger<SharedCalls> logger)
{
    public bool IsOpen => breaker.IsOpen;

    public async Task<T?> TryAsync<T>(string operation, TimeSpan timeout, Func<ISharedStore, Task<T>> call)
        where T : class
    {
        if (!breaker.MayTry())
        {
            metrics.CountError(operation, "open");
            return null;
        }

        using var activity = SharedActivity.Start(operation, store.Endpoint);
        var started = time.GetTimestamp();
        var task = Task.FromResult<T?>(null);
        try
        {
            task = call(store)!;
            var result = await task.WaitAsync(timeout, time);
            metrics.RecordShared(operation, time.GetElapsedTime(started));
            if (breaker.ReportSuccess())
            {
                LogRecovered(store.Endpoint);
            }

            return result;
        }
        catch (Exception e)
        {
            Observe(task);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            metrics.CountError(operation, e is TimeoutException ? "timeout" : "failure");
            if (breaker.ReportFailure())
            {
                LogUnavailable(store.Endpoint, e.Message);
            }

            return null;
        }
    }

    // Nobody awaits any more what took too long.
    private static void Observe(Task task) =>
        task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
