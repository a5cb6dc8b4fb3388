using System.CommandLine;
using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>index FOLDER --collection NAME: puts every file into a collection.</summary>
internal sealed class IndexCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _folder = new("folder") { Description = "Every file in it is put in, by its path within the folder" };
    private readonly Option<string> _collection = new("--collection", "-c") { Description = "Name of the collection; it is made if there is none", Required = true };
    private readonly Option<string> _model = new("--model") { Description = "Of a collection that is made: the model that encodes. Default: the gateway's. One that is there must be of its space" };
    private readonly Option<string[]> _metadata = new("--metadata") { Description = "name=value, kept with every file; may be given several times. Files that are there without it are put in again", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _keep = new("--keep-content") { Description = "Keep the files themselves in the collection too" };
    private readonly Option<bool> _again = new("--again") { Description = "Also the files that are there already" };

    public IndexCommand(CliConsole console)
        : base("index", "Puts the files of a folder into a collection. Files that are there already, unchanged, are skipped.")
    {
        _console = console;
        Add(_folder);
        Add(_collection);
        Add(_model);
        Add(_metadata);
        Add(_keep);
        Add(_again);
        _common.AddTo(this);
        _metadata.Validators.Add(result =>
        {
            foreach (var fault in result.Tokens.Select(token => MetadataArguments.Fault(token.Value)).OfType<string>())
            {
                result.AddError(fault);
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var files = MediaFiles.Find(parsed.GetRequiredValue(_folder));
        if (files.Count == 0)
        {
            throw new FileNotFoundException($"{parsed.GetRequiredValue(_folder)}: there are no files in it");
        }

        var known = parsed.GetValue(_again) ? KnownFiles.None : await KnownFiles.ReadAsync(client, parsed.GetRequiredValue(_collection), cancellationToken);
        var tally = await IndexBar.ShowAsync(_console, files.Count, step => SendAsync(parsed, client, files, known, step, cancellationToken));
        await WriteAsync(tally, parsed);
        return tally.Failed > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }

    private async Task<IndexTally> SendAsync(
        ParseResult parsed,
        SensoriumClient client,
        IReadOnlyList<(string Id, string Path)> files,
        KnownFiles known,
        Action<string> step,
        CancellationToken cancellationToken)
    {
        var tally = new IndexTally();
        var metadata = MetadataArguments.Read(parsed.GetRequiredValue(_metadata));
        var changed = known.ChangedAsync(files, metadata, Skip, cancellationToken);
        await using var next = changed.GetAsyncEnumerator(cancellationToken);
        if (!await next.MoveNextAsync())
        {
            return tally;
        }

        await foreach (var response in client.IndexAsync(HeaderOf(parsed), ItemsAsync(next, client, metadata, cancellationToken), cancellationToken))
        {
            if (response.Item is { } item)
            {
                step(item.Id);
                tally.Count(item);
                await ReportAsync(item);
            }
        }

        return tally;

        void Skip(string id)
        {
            tally.Skip();
            step(id);
        }
    }

    private IndexHeader HeaderOf(ParseResult parsed) => new()
    {
        Collection = parsed.GetRequiredValue(_collection),
        Create = true,
        Model = new ModelSelector { Id = parsed.GetValue(_model) ?? "" },
        KeepContent = parsed.GetValue(_keep),
    };

    private static async IAsyncEnumerable<IndexItem> ItemsAsync(
        IAsyncEnumerator<(string Id, string Path)> files, SensoriumClient client, Struct metadata, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var media = new FileInfo(files.Current.Path).Length == 0
                ? new Media { Data = Google.Protobuf.ByteString.Empty }
                : await client.OpenFileAsync(files.Current.Path, cancellationToken: cancellationToken);
            media.ItemId = "";
            yield return new IndexItem { Id = files.Current.Id, Media = media, Metadata = metadata };
        }
        while (await files.MoveNextAsync());
    }

    private async Task ReportAsync(IndexedItem item)
    {
        if (item.Error is { } error)
        {
            await _console.Error.WriteLineAsync($"sensorium: {item.Id}: {error.Reason}: {error.Message}");
        }

        foreach (var warning in item.Warnings)
        {
            await _console.Error.WriteLineAsync($"sensorium: {item.Id}: {warning.Reason}: {warning.Message}");
        }
    }

    private Task WriteAsync(IndexTally tally, ParseResult parsed)
    {
        var collection = parsed.GetRequiredValue(_collection);
        return parsed.GetValue(_common.Json)
            ? JsonLine.WriteAsync(_console.Output, new { Collection = collection, tally.Added, tally.Replaced, tally.Skipped, tally.Failed })
            : _console.Output.WriteLineAsync($"{collection}: {tally.Added} added, {tally.Replaced} replaced, {tally.Skipped} skipped, {tally.Failed} failed");
    }
}
