using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>status: what is served, and whether it answers. top: the same, again and again.</summary>
internal sealed class StatusCommand : Command
{
    private readonly CliConsole _console;
    private readonly bool _isTop;
    private readonly CommonOptions _common = new();
    private readonly Option<bool> _watch = new("--watch") { Description = "Show it again and again until Ctrl-C" };
    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds from one look to the next, with --watch",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<int> _wait = new("--wait") { Description = "Wait up to this many seconds until the gateway is ready" };

    public StatusCommand(CliConsole console, bool isTop = false)
        : base(
            isTop ? "top" : "status",
            isTop ? "Shows the services behind a gateway again and again until Ctrl-C, as status --watch does." : "Shows the services behind a gateway. Exit status 3 if one of them is not ready.")
    {
        (_console, _isTop) = (console, isTop);
        Add(_wait);
        if (!isTop)
        {
            Add(_watch);
        }

        Add(_interval);
        Validators.Add(result =>
        {
            if (result.GetResult(_interval) is { Implicit: false } && !(result.GetValue(_interval) is >= 0.05 and <= 3600))
            {
                result.AddError("--interval is between 0.05 and 3600 seconds.");
            }
            else if ((isTop || result.GetValue(_watch)) && result.GetValue(_common.Json))
            {
                result.AddError($"{(isTop ? "top" : "--watch")} draws a table; for JSON call status again and again.");
            }
        });
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

        if (_isTop || parsed.GetValue(_watch))
        {
            await new StatusWatch(_console, client, TimeSpan.FromSeconds(parsed.GetValue(_interval)), TimeProvider.System).RunAsync(cancellationToken);
            return ExitCodes.Success;
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
        await _console.Output.WriteLineAsync($"Sensorium {status.Version}");
        _console.Draw(_console.Output).Write(StatusTable.Of(status, _console.Interactive));
    }
}
