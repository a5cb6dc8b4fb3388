using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>caption FILE…: one caption for each medium, or one for all of them together.</summary>
internal sealed class CaptionCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly GenerationOptions _generation = new();
    private readonly Argument<string[]> _media = new("media") { Description = $"Each {MediaArguments.Help}", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _prompt = new("--prompt", "-p") { Description = "Text that the caption continues", DefaultValueFactory = _ => "" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: that of the server", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _together = new("--together", "-t") { Description = "One caption of all media together" };
    private readonly Option<Track> _track = new("--track") { Description = "Only this part of a video" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Encode anew, and store nothing" };
    private readonly Option<bool> _timing = new("--timing") { Description = "Say how long it took" };

    public CaptionCommand(CliConsole console)
        : base("caption", "Describes media in words, as they are decoded.")
    {
        _console = console;
        Add(_media);
        Add(_prompt);
        Add(_model);
        Add(_together);
        Add(_track);
        Add(_noCache);
        Add(_timing);
        _generation.AddTo(this);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var media = parsed.GetRequiredValue(_media);
        string[][] requests = parsed.GetValue(_together) ? [media] : [.. media.Select(medium => new[] { medium })];
        var exitCode = ExitCodes.Success;
        foreach (var request in requests)
        {
            try
            {
                await CaptionAsync(client, request, parsed, cancellationToken);
            }
            catch (SensoriumCallException exception) when (requests.Length > 1 && exception.Reason != SensoriumCallException.NoReason)
            {
                // One bad file does not keep the others from their captions.
                await _console.Error.WriteLineAsync($"sensorium: {string.Join(" + ", request)}: {Failure.Describe(exception)}");
                exitCode = ExitCodes.Failed;
            }
        }

        return exitCode;
    }

    private async Task CaptionAsync(SensoriumClient client, string[] media, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new CaptionRequest
        {
            Prompt = parsed.GetValue(_prompt),
            Model = new ModelSelector { Id = parsed.GetValue(_model) },
            Parameters = _generation.Read(parsed),
            CachePolicy = parsed.GetValue(_noCache) ? CachePolicy.Bypass : CachePolicy.Unspecified,
        };
        foreach (var medium in media)
        {
            var opened = await MediaArguments.OpenAsync(medium, client, _console, cancellationToken);
            opened.Track = parsed.GetValue(_track);
            request.Media.Add(opened);
        }

        var title = string.Join(" + ", request.Media.Select(medium => medium.ItemId));
        ICaptionPrinter printer = parsed.GetValue(_common.Json)
            ? new JsonCaptionPrinter(_console.Output, title)
            : new TextCaptionPrinter(_console, title, request, parsed.GetValue(_timing));
        await foreach (var caption in client.CaptionAsync(request, cancellationToken))
        {
            await printer.WriteAsync(caption);
        }

        await printer.EndAsync();
    }
}
