using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>teach CASES.jsonl: makes a decider of labelled cases; teach --collection NAME of the items of a collection.</summary>
internal sealed class TeachCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly CollectionOptions _collection = new();
    private readonly Argument<string?> _cases = new("cases")
    {
        Description = "A file of one JSON object a line: id, media, notes, fields, group, outcomes",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _decider = new("--decider", "-d") { Description = "Id of the decider; default: the name of the file, or of the collection" };
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
        _collection.AddTo(this);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_cases) is { } path ? new CaseFile(path) : null;
        var header = Read(parsed, file);
        using var client = _common.Connect(parsed);
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

    private TeachHeader Read(ParseResult parsed, CaseFile? file)
    {
        var collection = _collection.Read(parsed);
        if (file is null && collection is null)
        {
            throw new IOException("give a file of cases, or --collection");
        }

        var levels = parsed.GetRequiredValue(_levels).Select(ReadLevels).ToDictionary(pair => pair.Question, pair => pair.Levels, StringComparer.Ordinal);
        var outcomes = file?.Read().SelectMany(file.Outcomes).ToArray() ?? [];
        if (file is not null && outcomes.Length == 0)
        {
            throw new IOException(file.Read().Any() ? $"{file.Name}: no case has \"outcomes\", which are what is taught" : $"{file.Name} holds no cases");
        }

        return new TeachHeader
        {
            Decider = parsed.GetValue(_decider) ?? (file is null ? collection!.Name : Path.GetFileNameWithoutExtension(file.Name)),
            Questions = { file is null ? TaughtQuestions.OfLevels(levels) : TaughtQuestions.Of(outcomes, levels) },
            Models = { parsed.GetRequiredValue(_models).Select(model => new ModelSelector { Id = model }) },
            Collection = collection,
        };
    }

    private async IAsyncEnumerable<TaughtCase> OpenAsync(CaseFile? file, SensoriumClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (JsonElement one in file?.Read() ?? [])
        {
            yield return await file!.OpenTaughtAsync(one, client, _console, cancellationToken);
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
