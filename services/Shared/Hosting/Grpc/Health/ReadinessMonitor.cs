using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;

namespace Sensorium.Hosting.Grpc.Health;

/// <summary>Asks the probes again and again, and reports what they say.</summary>
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

    /// <summary>What keeps this process from being ready, by the name of the probe; empty if it is ready.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool? before = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            _problems = await CheckAsync(stoppingToken);
            var ready = _problems.Count == 0;
            health.Report(ready);
            if (ready != before)
            {
                Log(ready);
                before = ready;
            }

            await Task.Delay(ready ? WhenReady : WhenNotReady, time, stoppingToken);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> CheckAsync(CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, string>();
        foreach (var probe in _probes)
        {
            if (await CheckAsync(probe, cancellationToken) is { } problem)
            {
                problems[probe.Name] = problem;
            }
        }

        return problems;
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
