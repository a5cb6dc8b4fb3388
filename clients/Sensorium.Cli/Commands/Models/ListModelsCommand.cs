using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.V1;
using Spectre.Console;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models list.</summary>
internal sealed class ListModelsCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();

    public ListModelsCommand(CliConsole console)
        : base("list", "Shows all models, loaded or not, with what each service has of them.")
    {
        _console = console;
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var models = (await client.ListModelsAsync(cancellationToken)).Models;
        if (!parsed.GetValue(_common.Json))
        {
            WriteTable(models);
            return ExitCodes.Success;
        }

        foreach (var model in models)
        {
            await JsonLine.WriteAsync(_console.Output, AsJson(model));
        }

        return ExitCodes.Success;
    }

    private static object AsJson(ModelInfo model) => new
    {
        model.Id,
        model.Aliases,
        model.Family,
        model.License,
        model.Languages,
        model.SizeBytes,
        model.IsDefault,
        model.Reason,
        Parts = model.Parts.Select(part => new
        {
            part.Service,
            part.Address,
            Task = ModelWords.Of(part.Task),
            State = ModelWords.Of(part.State),
            part.Reason,
            part.MemoryBytes,
            part.Requests,
            part.Model?.Revision,
            part.Model?.Variant,
            part.Model?.Device,
        }),
    };

    private void WriteTable(IEnumerable<ModelInfo> models)
    {
        var table = new Table { Border = _console.Interactive ? TableBorder.Rounded : TableBorder.None };
        // Reasons are long: they come last, so that the columns stay beside each other.
        table.AddColumns("model", "family", "service", "task", "state", "size", "memory", "licence", "languages", "reason");
        foreach (var model in models)
        {
            string[] card = [ModelWords.OfBytes(model.SizeBytes), "", model.License, string.Join(" ", model.Languages)];
            if (model.Parts.Count == 0)
            {
                var (state, reason) = model.Reason.Length > 0 ? ("failed", model.Reason) : ("", "no part is served here");
                Row([model.Id, model.Family, "", "", state, .. card, reason]);
            }

            foreach (var part in model.Parts)
            {
                var reason = part.State == ModelState.Failed ? part.Reason : "";
                Row([model.Id, model.Family, part.Service, ModelWords.Of(part.Task), ModelWords.Of(part.State), card[0], ModelWords.OfBytes(part.MemoryBytes), .. card[2..], reason]);
            }
        }

        _console.Draw(_console.Output).Write(table);

        void Row(string[] cells) => table.AddRow(cells.Select(cell => Markup.Escape(cell.ReplaceLineEndings(" "))).ToArray());
    }
}
