using Microsoft.Extensions.Hosting;

namespace Sensorium.Core.Models.Running;

/// <summary>Loads the models of all services of the process before the host serves.</summary>
internal sealed class ModelStart(IEnumerable<IModelRunner> runners, ModelCatalog catalog) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in runners)
        {
            await runner.StartAsync(catalog, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
