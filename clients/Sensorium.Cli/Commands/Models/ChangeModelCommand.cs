using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models load and models unload: each step of each service on a line.</summary>
internal sealed class ChangeModelCommand : Command
{
    private readonly CliConsole _console;
    private readonly Func<SensoriumClient, string, CancellationToken, IAsyncEnumerable<ModelPart>> _change;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _id = new("id") { Description = "Id or alias of the model" };

    public ChangeModelCommand(
        string name, string description, CliConsole console, Func<SensoriumClient, string, CancellationToken, IAsyncEnumerable<ModelPart>> change)
        : base(name, description + " Exit status 1 if a service fails.")
    {
        (_console, _change) = (console, change);
        Add(_id);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var failed = false;
        await foreach (var part in _change(client, parsed.GetRequiredValue(_id), cancellationToken))
        {
            failed |= part.State == ModelState.Failed;
            await (parsed.GetValue(_common.Json)
                ? JsonLine.WriteAsync(_console.Output, new { part.Service, part.Address, State = ModelWords.Of(part.State), part.Reason, part.MemoryBytes })
                : _console.Output.WriteLineAsync(ModelWords.Of(part)));
        }

        return failed ? ExitCodes.Failed : ExitCodes.Success;
    }
}
