using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>classify FILE… --labels "a, b": which label fits each medium; without labels, which of the model's own.</summary>
internal sealed class ClassifyCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _media = new("media") { Description = $"Each {MediaArguments.Help}", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _labels = new("--labels") { Description = "Labels in words, with commas between them; default: those that the model was trained on", DefaultValueFactory = _ => "" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: that of the server", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _templates = new("--template")
    {
        Description = "A sentence with {} where the label goes, as \"a photo of {}\"; may be given several times",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _independent = new("--independent") { Description = "Score each label for itself instead of against the others; of the model's own, default: as it was trained" };
    private readonly Option<int> _top = new("--top") { Description = "Show only the best so many labels" };
    private readonly Option<float?> _noneBelow = new("--none-below") { Description = "Say \"none of these\" if no label is as similar as this" };

    public ClassifyCommand(CliConsole console)
        : base("classify", "Says which of some labels fits each medium.")
    {
        _console = console;
        Add(_media);
        Add(_labels);
        Add(_model);
        Add(_templates);
        Add(_independent);
        Add(_top);
        Add(_noneBelow);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = Read(parsed);
        foreach (var medium in parsed.GetRequiredValue(_media))
        {
            request.Items.Add(await MediaArguments.OpenAsync(medium, client, _console, cancellationToken));
        }

        for (var i = 0; i < request.Items.Count; i++)
        {
            // Ids are unique within a request; the same file may be given twice.
            request.Items[i].ItemId = $"{i + 1}. {request.Items[i].ItemId}";
        }

        var response = await client.ClassifyAsync(request, cancellationToken);
        foreach (var result in response.Results)
        {
            await WriteAsync(result, parsed.GetValue(_common.Json));
        }

        return response.Results.Any(result => result.Error is not null) ? ExitCodes.Failed : ExitCodes.Success;
    }

    private ClassifyRequest Read(ParseResult parsed)
    {
        var labels = parsed.GetRequiredValue(_labels).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var request = new ClassifyRequest
        {
            Labels = { labels.Select(label => new Label { Name = label }) },
            Templates = { parsed.GetRequiredValue(_templates) },
            Scoring = parsed.GetValue(_independent) ? Scoring.Independent : labels.Length == 0 ? Scoring.Unspecified : Scoring.Softmax,
            TopK = parsed.GetValue(_top),
        };
        if (parsed.GetRequiredValue(_model) is { Length: > 0 } model)
        {
            request.Model = new ModelSelector { Id = model };
        }

        parsed.Give(_noneBelow, threshold => request.NoneThreshold = threshold);
        return request;
    }

    private async Task WriteAsync(ClassifyResult result, bool json)
    {
        if (json)
        {
            var error = result.Error is null ? null : new { result.Error.Reason, result.Error.Message };
            var scores = result.Classification?.Scores.Select(score => new { score.Label, score.Score, score.Similarity });
            var none = result.Classification?.NoneOfThese;
            await JsonLine.WriteAsync(_console.Output, new { Media = result.ItemId, NoneOfThese = none, Scores = scores, Error = error });
        }
        else if (result.Classification is not { } classification)
        {
            await _console.Error.WriteLineAsync($"sensorium: {result.ItemId}: {result.Error?.Reason}: {result.Error?.Message}");
        }
        else
        {
            var scores = classification.Scores.Select(score => score.Label + " " + score.Score.ToString("0.0000", CultureInfo.InvariantCulture));
            var none = classification.NoneOfThese ? "none of these: " : "";
            await _console.Output.WriteLineAsync($"{result.ItemId}: {none}{string.Join(", ", scores)}");
        }
    }
}
