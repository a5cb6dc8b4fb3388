using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Grpc.Health;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Draining;

/// <summary>
/// On the signal to stop: health turns NOT_SERVING, new calls are refused, and calls under way are awaited before the
/// server closes its connections. Those that take longer are told why they end.
/// </summary>
internal sealed partial class DrainService(
    CallTracker calls,
    HealthStatuses health,
    IOptions<HostingOptions> options,
    TimeProvider time,
    ILogger<DrainService> logger) : IHostedLifecycleService
{
    // For calls to say how they ended; less than what the host waits beyond the drain.
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.Drain();
        await Task.Delay(options.Value.DrainDelay, time, cancellationToken);
        LogDraining(calls.Active);
        calls.BeginDraining();
        try
        {
            await calls.WhenIdleAsync().WaitAsync(options.Value.DrainTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogGaveUp(calls.Active, options.Value.DrainTimeout);
            calls.EndCalls();
            await calls.WhenIdleAsync().WaitAsync(Ending, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
