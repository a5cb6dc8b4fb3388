using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.V1;
using Spectre.Console;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>One thing that is done with collections; shows those that it was done with.</summary>
internal sealed class CollectionVerb : Command
{
    private readonly CliConsole _console;
    private readonly Func<ParseResult, CollectionsRequest> _request;
    private readonly CommonOptions _common = new();

    public CollectionVerb(CliConsole console, string name, string description, Func<ParseResult, CollectionsRequest> request)
        : base(name, description)
    {
        (_console, _request) = (console, request);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var collections = (await client.CollectionsAsync(_request(parsed), cancellationToken)).Collections;
        if (!parsed.GetValue(_common.Json))
        {
            WriteTable(collections);
            return ExitCodes.Success;
        }

        foreach (var one in collections)
        {
            await JsonLine.WriteAsync(_console.Output, new
            {
                one.Name,
                one.SpaceId,
                one.Dimensions,
                Model = one.Model?.Id,
                one.Items,
                one.Segments,
                one.Store,
                CreatedAt = one.CreatedAt?.ToDateTimeOffset(),
            });
        }

        return ExitCodes.Success;
    }

    private void WriteTable(IEnumerable<Collection> collections)
    {
        var table = new Table { Border = _console.Interactive ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns("collection", "items", "segments", "dimensions", "model", "space", "store");
        foreach (var one in collections)
        {
            var model = one.Model?.Id is { Length: > 0 } id ? id : "default";
            string[] cells = [one.Name, $"{one.Items}", $"{one.Segments}", $"{one.Dimensions}", model, one.SpaceId, one.Store];
            table.AddRow(cells.Select(Markup.Escape).ToArray());
        }

        _console.Draw(_console.Output).Write(table);
    }
}
