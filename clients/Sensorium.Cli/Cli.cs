using System.CommandLine;
using Sensorium.Cli.Commands;
using Sensorium.Cli.Commands.Collections;
using Sensorium.Cli.Commands.Decisions;
using Sensorium.Cli.Commands.Live;
using Sensorium.Cli.Commands.Models;
using Sensorium.Cli.Output;

namespace Sensorium.Cli;

internal static class Cli
{
    private const string Description = """
        Talks to a Sensorium gateway: captions, transcripts, embeddings, comparison, search and decisions over texts, pictures, sound and video; and pictures of words.

        Examples:
          sensorium status
          sensorium caption photo.jpg
          sensorium transcribe talk.mp3
          sensorium live camera.mp4 --watch "a dog"
          sensorium compare photo.jpg "text:a dog"
          sensorium classify photo.jpg --labels "a cat, a dog"
          sensorium draw "a dog" --out dog.png
          sensorium film "a dog" "a cat" --sound song.mp3 --out clip.mp4
          sensorium explain photo.jpg --text "a dog" --out heat.png
          sensorium index photos --collection holidays
          sensorium search "children on a beach" --collection holidays
          sensorium decide case.json --decider cases

        A gateway on another machine: --address http://HOST:7070, or $SENSORIUM_ADDRESS.
        """;

    internal static RootCommand Root(CliConsole console) => new(Description)
    {
        new CaptionCommand(console),
        new TranscribeCommand(console),
        new LiveCommand(console),
        new EmbedCommand(console),
        new CompareCommand(console),
        new ClassifyCommand(console),
        new RerankCommand(console),
        new ExplainCommand(console),
        new DrawCommand(console),
        new FilmCommand(console),
        new TeachCommand(console),
        new DecideCommand(console),
        new DecidersCommand(console),
        new IndexCommand(console),
        new SearchCommand(console),
        new DeleteCommand(console),
        new CollectionsCommand(console),
        new StatusCommand(console),
        new StatusCommand(console, isTop: true),
        new ModelsCommand(console),
    };

    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken = default)
    {
        // "@" begins names in filters, and words; it names no file of arguments.
        var parsed = Root(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] errors = UnknownOptions.In(parsed) is { Count: > 0 } unknown
            ? [.. unknown.Select(option => $"there is no option '{option}'")]
            : [.. parsed.Errors.Select(UsageErrors.Tell)];
        if (errors.Length > 0)
        {
            foreach (var error in errors)
            {
                await console.Error.WriteLineAsync($"sensorium: {error}");
            }

            await console.Error.WriteLineAsync("Try --help.");
            return ExitCodes.Usage;
        }

        var invocation = new InvocationConfiguration { Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception exception)
        {
            return await Failure.ReportAsync(exception, console.Error);
        }
    }
}
