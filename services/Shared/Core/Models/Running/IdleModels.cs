using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sensorium.Core.Models.Running;

/// <summary>Puts models to sleep that nobody has used for as long as their settings say.</summary>
internal sealed class IdleModels(RunningModels models, IOptions<ModelsOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan[] limits = [.. options.Value.Settings.Values.Select(settings => settings.IdleUnload).Where(limit => limit > TimeSpan.Zero)];
        if (limits.Length == 0)
        {
            return;
        }

        // A model sleeps after at most a quarter more than its settings say.
        var interval = limits.Min() / 4;
        interval = interval < Shortest ? Shortest : interval > Longest ? Longest : interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(interval, time, stoppingToken);
            await models.SleepAsync();
        }
    }
}
