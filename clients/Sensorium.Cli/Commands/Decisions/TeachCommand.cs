using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>teach CASES.jsonl: makes a decider of labelled cases.</summary>
internal sealed class TeachCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _cases = new("cases") { Description = "A file of one JSON object a line: id, media, notes, fields, group, outcomes" };
    private readonly Option<string?> _decider = new("--decider", "-d") { Description = "Id of the decider; default: the name of the file" };
    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "A model that embeds media of one modality; may be given several times",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _levels = new("--levels")
    {
        Description = "QUESTION=LOW,…,HIGH: the outcomes of this question are levels in order",
        DefaultValueFactory = _ => [],
    };

    public TeachCommand(CliConsole console)
        : base("teach", "Teaches a decider from cases whose outcomes are known.")
    {
        _console = console;
        Add(_cases);
        Add(_decider);
        Add(_models);
        Add(_levels);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var path = parsed.GetRequiredValue(_cases);
        var file = new CaseFile(path);
        var levels = parsed.GetRequiredValue(_levels).Select(ReadLevels).ToDictionary(pair => pair.Question, pair => pair.Levels, StringComparer.Ordinal);
        var header = new TeachHeader
        {
            Decider = parsed.GetValue(_decider) ?? Path.GetFileNameWithoutExtension(path),
            Questions = { TaughtQuestions.Of(file.Read().SelectMany(file.Outcomes), levels) },
            Models = { parsed.GetRequiredValue(_models).Select(model => new ModelSelector { Id = model }) },
        };
        var failed = 0;
        await foreach (var said in client.TeachAsync(header, OpenAsync(file, client, cancellationToken), cancellationToken))
        {
            foreach (var failure in said.Progress?.Failures ?? [])
            {
                failed++;
                await _console.Error.WriteLineAsync($"sensorium: {failure.CaseId}: {failure.Error.Reason}: {failure.Error.Message}");
            }

            if (said.Taught is { } taught)
            {
                await DeciderWriter.WriteAsync(_console.Output, taught, parsed.GetValue(_common.Json));
            }
        }

        return failed > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }

    private async IAsyncEnumerable<TaughtCase> OpenAsync(CaseFile file, SensoriumClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (JsonElement one in file.Read())
        {
            yield return await file.OpenTaughtAsync(one, client, _console, cancellationToken);
        }
    }

    private static (string Question, string[] Levels) ReadLevels(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals], text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries))
            : throw new IOException($"--levels {text}: write QUESTION=LOW,…,HIGH");
    }
}
