using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;

namespace Sensorium.Hosting.Grpc.Health;

/// <summary>
/// Asks the probes again and again, and reports what they say: ready is a process in which all works that it must not be
/// without, and at least one thing works (docs/decisions/0013-readiness-of-a-part.md).
/// </summary>
internal sealed partial class ReadinessMonitor(
    IEnumerable<IModelReadiness> probes,
    HealthStatuses health,
    TimeProvider time,
    ILogger<ReadinessMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan WhenReady = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhenNotReady = TimeSpan.FromMilliseconds(250);
    private readonly IModelReadiness[] _probes = [.. probes];
    private volatile IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string> { ["host"] = "starting" };

    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isReady;

    public bool IsReady => _isReady;

    /// <summary>Ends when the process is ready for the first time.</summary>
    public Task FirstReady => _firstReady.Task;

    /// <summary>What does not work, by the name of the probe. A process may be ready all the same.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool? before = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var ready = await CheckAsync(stoppingToken);
            _isReady = ready;
            health.Report(ready);
            if (ready != before)
            {
                Log(ready);
                before = ready;
            }

            if (ready)
            {
                _firstReady.TrySetResult();
            }

            await Task.Delay(ready ? WhenReady : WhenNotReady, time, stoppingToken);
        }
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(_probes.Select(probe => CheckAsync(probe, cancellationToken)));
        var failing = _probes.Zip(found).Where(entry => entry.Second is not null).ToArray();
        _problems = failing.DistinctBy(entry => entry.First.Name).ToDictionary(entry => entry.First.Name, entry => entry.Second!);
        return !Array.Exists(failing, entry => entry.First.IsRequired) && (failing.Length == 0 || failing.Length < _probes.Length);
    }

    private static async Task<string?> CheckAsync(IModelReadiness probe, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.CheckAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    private void Log(bool ready)
    {
        if (ready)
        {
            LogReady();
        }
        else
        {
            LogNotReady(string.Join("; ", _problems.Select(problem => $"{problem.Key}: {problem.Value}")));
        }
    }
}
