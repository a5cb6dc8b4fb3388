using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>delete ID… --collection NAME, or --filter.</summary>
internal sealed class DeleteCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _ids = new("ids") { Description = "Ids of the items", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _collection = new("--collection", "-c") { Description = "Name of the collection", Required = true };
    private readonly Option<string> _filter = new("--filter", "-f") { Description = "Instead of ids: which items" };

    public DeleteCommand(CliConsole console)
        : base("delete", "Deletes items of a collection. Exit status 1 if one of the ids is not there.")
    {
        _console = console;
        Add(_ids);
        Add(_collection);
        Add(_filter);
        _common.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_ids) is { Length: > 0 } == result.GetValue(_filter) is { Length: > 0 })
            {
                result.AddError("delete needs either ids or --filter.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = new DeleteRequest
        {
            Collection = parsed.GetRequiredValue(_collection),
            Ids = { parsed.GetValue(_ids) ?? [] },
            Filter = parsed.GetValue(_filter) ?? "",
        };
        var response = await client.DeleteAsync(request, cancellationToken);
        await (parsed.GetValue(_common.Json)
            ? JsonLine.WriteAsync(_console.Output, new { response.Deleted, response.MissingIds })
            : _console.Output.WriteLineAsync($"{request.Collection}: {response.Deleted} deleted"));
        foreach (var missing in response.MissingIds)
        {
            await _console.Error.WriteLineAsync($"sensorium: {missing}: it is not there");
        }

        return response.MissingIds.Count > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }
}
