using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>embed FILE… | --text WORDS…: one vector for each medium, all in one space.</summary>
internal sealed class EmbedCommand : Command
{
    private const int ShownComponents = 6;

    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _media = new("media") { Description = $"Each {MediaArguments.Help}", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _text = new("--text") { Description = "Words to embed; may be given several times", DefaultValueFactory = _ => [] };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: that of the server", DefaultValueFactory = _ => "" };

    public EmbedCommand(CliConsole console)
        : base("embed", "Turns media into vectors of one space. --json shows them whole.")
    {
        _console = console;
        Add(_media);
        Add(_text);
        Add(_model);
        _common.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_media) is not { Length: > 0 } && result.GetValue(_text) is not { Length: > 0 })
            {
                result.AddError("embed needs a medium, or --text.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = new EmbedRequest { Options = new EncodeOptions { Model = new ModelSelector { Id = parsed.GetValue(_model) } } };
        foreach (var medium in parsed.GetValue(_media) ?? [])
        {
            request.Items.Add(await MediaArguments.OpenAsync(medium, client, _console, cancellationToken));
        }

        request.Items.AddRange(parsed.GetRequiredValue(_text).Select(text => new Media { ItemId = MediaArguments.IdOf(text), Text = text }));
        for (var i = 0; i < request.Items.Count; i++)
        {
            // Ids are unique within a request; the same file may be given twice.
            request.Items[i].ItemId = $"{i + 1}. {request.Items[i].ItemId}";
        }

        var response = await client.EmbedAsync(request, cancellationToken);
        foreach (var result in response.Results)
        {
            await WriteAsync(result, response.SpaceId, parsed.GetValue(_common.Json));
        }

        return response.Results.Any(result => result.Error is not null) ? ExitCodes.Failed : ExitCodes.Success;
    }

    private async Task WriteAsync(EncodeResult result, string spaceId, bool json)
    {
        var vector = result.Encoded?.Embedding.ToFloats();
        if (json)
        {
            var error = result.Error is null ? null : new { result.Error.Reason, result.Error.Message };
            await JsonLine.WriteAsync(_console.Output, new { Media = result.ItemId, SpaceId = spaceId, Embedding = vector, Error = error });
        }
        else if (vector is null)
        {
            await _console.Error.WriteLineAsync($"sensorium: {result.ItemId}: {result.Error?.Reason}: {result.Error?.Message}");
        }
        else
        {
            var shown = string.Join(" ", vector.Take(ShownComponents).Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
            await _console.Output.WriteLineAsync($"{result.ItemId}: {vector.Length} dimensions: {shown} …");
        }
    }
}
