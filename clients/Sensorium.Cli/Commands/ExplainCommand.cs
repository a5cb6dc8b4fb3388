using System.CommandLine;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>explain FILE --text "…" --out heat.png: which parts of a medium carry a similarity, a label or a caption.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _media = new("media") { Description = MediaArguments.Help };
    private readonly Option<string?> _text = new("--text", "-t") { Description = "Why the medium is as similar to these words as it is" };
    private readonly Option<string?> _like = new("--like") { Description = $"The same with another medium: {MediaArguments.Help}" };
    private readonly Option<string?> _label = new("--label") { Description = "Why this one of --labels fits, or of the model's own" };
    private readonly Option<bool> _caption = new("--caption") { Description = "Why its caption says what it says; draws each token, too, with its number before the file's ending" };
    private readonly Option<string> _labels = new("--labels") { Description = "Labels in words, with commas between them", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _templates = new("--template")
    {
        Description = "A sentence with {} where the label goes, as \"a photo of {}\"; may be given several times",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _both = new("--both") { Description = "Explain the parts of --text or --like as well" };
    private readonly Option<int> _grid = new("--grid") { Description = "Rows, and columns, that a picture is divided into" };
    private readonly Option<int> _parts = new("--parts") { Description = "Spans that a sound or video is divided into" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: that of the gateway", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Draw into this file: PNG for a picture, SVG for a sound, a video or a text; of the other side beside it, with .other before its ending",
    };

    public ExplainCommand(CliConsole console)
        : base("explain", "Says which parts of a medium carry its similarity with another, a label, or its caption.")
    {
        _console = console;
        Add(_media);
        Option[] options = [_text, _like, _label, _caption, _labels, _templates, _both, _grid, _parts, _model, _out];
        Array.ForEach(options, Add);
        _common.AddTo(this);
        Validators.Add(result =>
        {
            Option[] questions = [_text, _like, _label, _caption];
            if (questions.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("give one of --text, --like, --label and --caption");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = new ExplainRequest
        {
            Media = await MediaArguments.OpenAsync(parsed.GetRequiredValue(_media), client, _console, cancellationToken),
            Labels = { parsed.GetRequiredValue(_labels).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => new Label { Name = name }) },
            Templates = { parsed.GetRequiredValue(_templates) },
            BothSides = parsed.GetValue(_both),
            Grid = parsed.GetValue(_grid),
            Parts = parsed.GetValue(_parts),
            Draw = parsed.GetValue(_out) is not null,
            Model = new ModelSelector { Id = parsed.GetValue(_model) },
        };
        await AskAsync(parsed, request, client, cancellationToken);
        var response = await client.ExplainAsync(request, cancellationToken);
        for (var i = 0; i < response.Explanations.Count; i++)
        {
            var file = parsed.GetValue(_out) is { } path ? await DrawAsync(path, i, response.Explanations[i], cancellationToken) : null;
            await ExplanationPrinter.WriteAsync(_console.Output, response.Explanations[i], response.Caption, file, parsed.GetValue(_common.Json));
        }

        return ExitCodes.Success;
    }

    private async Task AskAsync(ParseResult parsed, ExplainRequest request, SensoriumClient client, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_caption))
        {
            request.Caption = new CaptionQuestion();
        }
        else if (parsed.GetValue(_label) is { } label)
        {
            request.Label = label;
        }
        else
        {
            request.SimilarTo = parsed.GetValue(_text) is { } words
                ? new Media { ItemId = MediaArguments.IdOf($"text:{words}"), Text = words }
                : await MediaArguments.OpenAsync(parsed.GetValue(_like)!, client, _console, cancellationToken);
        }
    }

    private static async Task<string> DrawAsync(string path, int index, Explanation explanation, CancellationToken cancellationToken)
    {
        var file = index == 0 ? path : Beside(path, "other", explanation.Drawing);
        await File.WriteAllBytesAsync(file, explanation.Drawing.Data.ToByteArray(), cancellationToken);
        for (var i = 0; i < explanation.Tokens.Count; i++)
        {
            var drawing = explanation.Tokens[i].Drawing;
            await File.WriteAllBytesAsync(Beside(path, $"{i}", drawing), drawing.Data.ToByteArray(), cancellationToken);
        }

        return file;
    }

    private static string Beside(string path, string name, Drawing drawing) =>
        Path.ChangeExtension(path, $".{name}{(drawing.MediaType == "image/png" ? ".png" : ".svg")}");
}
