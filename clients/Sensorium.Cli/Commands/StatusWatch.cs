using System.Globalization;
using Grpc.Core;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sensorium.Cli.Commands;

/// <summary>
/// Shows the status again and again until it is interrupted: in place where a person is watching, else one table after the other.
/// A gateway that does not answer is shown as such, and asked again.
/// </summary>
internal sealed class StatusWatch(CliConsole console, SensoriumClient client, TimeSpan interval, TimeProvider time)
{
    private readonly Dictionary<string, (string State, DateTimeOffset Since)> _states = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var surface = console.Draw(console.Output);
        if (console.Interactive)
        {
            await surface.Live(new Text("")).StartAsync(context => LoopAsync(context.UpdateTarget, cancellationToken));
        }
        else
        {
            await LoopAsync(surface.Write, cancellationToken);
        }
    }

    private async Task LoopAsync(Action<IRenderable> show, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                show(await LookAsync(cancellationToken));
                await Task.Delay(interval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // How a watch ends.
        }
    }

    private async Task<IRenderable> LookAsync(CancellationToken cancellationToken)
    {
        var clock = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        try
        {
            var status = await client.StatusAsync(cancellationToken);
            return new Rows(new Text($"Sensorium {status.Version}, {clock}"), StatusTable.Of(status, console.Interactive, Since));
        }
        catch (SensoriumCallException call) when (call.Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return new Text($"{clock}: the gateway does not answer{Environment.NewLine}");
        }
    }

    private string Since(ServiceStatus service)
    {
        var (state, now) = ($"{service.Ready} {service.Detail}", time.GetUtcNow());
        if (!_states.TryGetValue(service.Name, out var last) || last.State != state)
        {
            _states[service.Name] = last = (state, now);
        }

        return (now - last.Since).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
