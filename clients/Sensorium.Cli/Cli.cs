using System.CommandLine;
using Sensorium.Cli.Commands;
using Sensorium.Cli.Commands.Collections;
using Sensorium.Cli.Commands.Decisions;
using Sensorium.Cli.Commands.Models;
using Sensorium.Cli.Output;

namespace Sensorium.Cli;

internal static class Cli
{
    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Talks to a Sensorium gateway: captions, transcripts, embeddings, comparison and classification of any media.")
        {
            new CaptionCommand(console),
            new TranscribeCommand(console),
            new EmbedCommand(console),
            new CompareCommand(console),
            new ClassifyCommand(console),
            new RerankCommand(console),
            new ExplainCommand(console),
            new TeachCommand(console),
            new DecideCommand(console),
            new DecidersCommand(console),
            new IndexCommand(console),
            new SearchCommand(console),
            new DeleteCommand(console),
            new CollectionsCommand(console),
            new StatusCommand(console),
            new ModelsCommand(console),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await console.Error.WriteLineAsync($"sensorium: {error.Message}");
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
