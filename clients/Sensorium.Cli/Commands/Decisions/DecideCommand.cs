using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>decide CASE.json: answers the questions of a decider, or one in words, about a case or a file of cases.</summary>
internal sealed class DecideCommand : Command
{
    private const int Together = 16;

    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _cases = new("case") { Description = "A JSON object with id, media, notes, fields; or with .jsonl one a line" };
    private readonly Option<string> _decider = new("--decider", "-d") { Description = "id, or id@version", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _ask = new("--ask") { Description = "Without a decider: a statement to compare media with, or the question of --choices" };
    private readonly Option<string?> _choices = new("--choices") { Description = "Without a decider: answers in words, with commas between them" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "Without a decider: the model that embeds", DefaultValueFactory = _ => "" };
    private readonly Option<double> _confidence = new("--min-confidence") { Description = "Abstain from answers that are less confident" };
    private readonly Option<double?> _coverage = new("--coverage") { Description = "Answer only so large a share of cases, the most confident; as 0.8" };
    private readonly Option<int> _evidence = new("--evidence") { Description = "Most pieces of evidence to show", DefaultValueFactory = _ => 8 };

    private readonly Option<bool> _explain = new("--explain") { Description = "Weigh the cells of pictures and the spans of sounds and clips, too; of one case" };

    public DecideCommand(CliConsole console)
        : base("decide", "Answers questions about a case, with evidence and similar cases.")
    {
        _console = console;
        foreach (var option in (Option[])[_decider, _ask, _choices, _model, _confidence, _coverage, _evidence, _explain])
        {
            Add(option);
        }

        Add(_cases);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetRequiredValue(_decider).Length == 0 && parsed.GetValue(_ask) is null && parsed.GetValue(_choices) is null)
        {
            throw new IOException("name a decider with --decider, or ask with --ask or --choices");
        }

        using var client = _common.Connect(parsed);
        var file = new CaseFile(parsed.GetRequiredValue(_cases));
        var failed = false;
        foreach (var part in file.Read().Chunk(Together))
        {
            var request = Read(parsed);
            foreach (var one in part)
            {
                request.Cases.Add(await file.OpenAsync(one, client, _console, cancellationToken));
            }

            var response = await client.DecideAsync(request, cancellationToken);
            foreach (var result in response.Results)
            {
                failed |= result.Error is not null;
                await WriteAsync(result, parsed.GetValue(_common.Json));
            }
        }

        return failed ? ExitCodes.Failed : ExitCodes.Success;
    }

    private DecideRequest Read(ParseResult parsed)
    {
        var request = new DecideRequest
        {
            Decider = parsed.GetRequiredValue(_decider),
            MinConfidence = parsed.GetValue(_confidence),
            MaxEvidence = parsed.GetValue(_evidence),
        };
        parsed.Give(_coverage, coverage => request.Coverage = coverage);
        if (parsed.GetValue(_explain))
        {
            request.ExplainMedia = new MediaExplanation();
        }

        if (parsed.GetRequiredValue(_model) is { Length: > 0 } model)
        {
            request.Model = new ModelSelector { Id = model };
        }

        if (parsed.GetValue(_choices) is { } choices)
        {
            var options = choices.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(choice => new QuestionOption { Value = choice });
            request.Questions.Add(new Question { Instructions = parsed.GetValue(_ask) ?? "", Choice = new ChoiceQuestion { Choices = { options } } });
        }
        else if (parsed.GetValue(_ask) is { } statement)
        {
            request.Questions.Add(new Question { Instructions = statement, Predicate = new PredicateQuestion() });
        }

        return request;
    }

    private async Task WriteAsync(DecideResult result, bool json)
    {
        if (json)
        {
            await _console.Output.WriteLineAsync(DeciderWriter.Json.Format(result));
            return;
        }

        if (result.Error is { } error)
        {
            await _console.Error.WriteLineAsync($"sensorium: {result.CaseId}: {error.Reason}: {error.Message}");
            return;
        }

        foreach (var warning in result.Warnings)
        {
            await _console.Error.WriteLineAsync($"sensorium: {result.CaseId}: {warning.Reason}: {warning.Message}");
        }

        for (var i = 0; i < result.Decision.Answers.Count; i++)
        {
            await WriteAsync(result.CaseId, result.Decision.Answers[i]);
            foreach (var medium in result.Decision.Explanations.ElementAtOrDefault(i)?.Media ?? [])
            {
                await ExplanationPrinter.WriteAsync(_console.Output, medium, "", null, json: false);
            }
        }
    }

    private async Task WriteAsync(string caseId, DecisionAnswer answer)
    {
        var about = answer.Question.Length > 0 ? $"{caseId}, {answer.Question}" : caseId;
        var probabilities = string.Join(", ", answer.Probabilities.Select(option => Invariant($"{option.Value} {option.Probability:0.000}")));
        var said = answer.Abstained == AbstentionReason.Unspecified ? answer.Choice : $"not answered, {Words(answer.Abstained.ToString())}";
        await _console.Output.WriteLineAsync($"{about}: {said} ({probabilities}{(answer.Calibrated ? "" : "; not calibrated")})");
        foreach (var piece in answer.Evidence)
        {
            await _console.Output.WriteLineAsync(Invariant($"  {piece.Weight:+0.000;-0.000;0.000} {NameOf(piece)}"));
        }

        foreach (var similar in answer.SimilarCases)
        {
            await _console.Output.WriteLineAsync(Invariant($"  like {similar.CaseId} ({similar.Similarity:0.000}): {(similar.Outcome.Length > 0 ? similar.Outcome : "no outcome")}"));
        }
    }

    // Words of the notes beside all of what the notes say, which is a medium of no name.
    private static string NameOf(DecisionEvidence piece) => piece.Kind switch
    {
        EvidenceKind.Base => "every case",
        EvidenceKind.Word => $"{piece.Part} \"{piece.Where}\"",
        EvidenceKind.Medium when piece.Where.Length == 0 => $"{piece.Part} as a whole",
        _ => string.Join(' ', ((string[])[piece.Part, piece.Where, piece.Said]).Where(word => word.Length > 0)),
    };

    private static string Words(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
