using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;
using Spectre.Console;

namespace Sensorium.Cli.Commands;

/// <summary>status: what is served, and whether it answers.</summary>
internal sealed class StatusCommand : Command
{
    private const int ShownDigits = 12;

    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Option<int> _wait = new("--wait") { Description = "Wait up to this many seconds until the gateway is ready" };

    public StatusCommand(CliConsole console)
        : base("status", "Shows the services behind a gateway. Exit status 3 if one of them is not ready.")
    {
        _console = console;
        Add(_wait);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        if (parsed.GetValue(_wait) is > 0 and var seconds && !await BecomesReadyAsync(client, seconds, cancellationToken))
        {
            await _console.Error.WriteLineAsync($"sensorium: the gateway was not ready within {seconds} s; its log says why");
            return ExitCodes.NotReady;
        }

        var status = await client.StatusAsync(cancellationToken);
        await (parsed.GetValue(_common.Json) ? WriteJsonAsync(status) : WriteTableAsync(status));
        return status.Services.All(service => service.Ready) ? ExitCodes.Success : ExitCodes.NotReady;
    }

    private static async Task<bool> BecomesReadyAsync(SensoriumClient client, int seconds, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            await client.WaitUntilReadyAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task WriteJsonAsync(StatusResponse status) => JsonLine.WriteAsync(_console.Output, new
    {
        status.Version,
        Services = status.Services.Select(service => new
        {
            service.Name,
            service.Ready,
            service.Address,
            service.Detail,
            Model = service.Model?.Id,
            service.Model?.Revision,
            service.Model?.Variant,
            service.Model?.Device,
        }),
    });

    private async Task WriteTableAsync(StatusResponse status)
    {
        var table = new Table { Border = _console.Interactive ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns("service", "ready", "where", "model", "revision", "variant", "device");
        foreach (var service in status.Services)
        {
            var model = service.Model ?? new ModelRef();
            string[] cells =
            [
                service.Name, service.Ready ? "yes" : $"no: {service.Detail}", service.Address, model.Id,
                model.Revision.Length > ShownDigits ? model.Revision[..ShownDigits] : model.Revision, model.Variant, model.Device,
            ];
            table.AddRow(cells.Select(Markup.Escape).ToArray());
        }

        await _console.Output.WriteLineAsync($"Sensorium {status.Version}");
        _console.Draw(_console.Output).Write(table);
    }
}
