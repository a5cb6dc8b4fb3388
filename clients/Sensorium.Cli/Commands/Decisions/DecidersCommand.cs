using System.CommandLine;
using System.Globalization;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>deciders: those that there are; --unload and --delete change them.</summary>
internal sealed class DecidersCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _unload = new("--unload") { Description = "Give the memory of this decider back" };
    private readonly Option<string?> _delete = new("--delete") { Description = "Remove id@version, or all versions of an id" };

    public DecidersCommand(CliConsole console)
        : base("deciders", "Lists the deciders that were taught.")
    {
        _console = console;
        Add(_unload);
        Add(_delete);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        if (parsed.GetValue(_unload) is { } unload)
        {
            await client.UnloadDeciderAsync(unload, cancellationToken);
        }

        if (parsed.GetValue(_delete) is { } delete)
        {
            await client.DeleteDeciderAsync(delete, cancellationToken);
        }

        foreach (var decider in (await client.ListDecidersAsync(cancellationToken)).Deciders)
        {
            var questions = string.Join(", ", decider.Reports.Select(report => string.Create(CultureInfo.InvariantCulture, $"{report.Question} (AUROC {report.Auroc.Value:0.000})")));
            await (parsed.GetValue(_common.Json)
                ? _console.Output.WriteLineAsync(DeciderWriter.Json.Format(decider))
                : _console.Output.WriteLineAsync($"{decider.Id}@{decider.Version}: {questions}, {decider.Cases} cases{(decider.Loaded ? ", loaded" : "")}"));
        }

        return ExitCodes.Success;
    }
}
