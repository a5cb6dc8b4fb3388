using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>compare A B: the cosine similarity of two media of any kind.</summary>
internal sealed class CompareCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _left = new("a") { Description = MediaArguments.Help };
    private readonly Argument<string> _right = new("b") { Description = MediaArguments.Help };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: that of the server", DefaultValueFactory = _ => "" };

    public CompareCommand(CliConsole console)
        : base("compare", "Says how alike two media are, from -1 to 1.")
    {
        _console = console;
        Add(_left);
        Add(_right);
        Add(_model);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var left = await MediaArguments.OpenAsync(parsed.GetRequiredValue(_left), client, _console, cancellationToken);
        var right = await MediaArguments.OpenAsync(parsed.GetRequiredValue(_right), client, _console, cancellationToken);
        left.ItemId = $"a. {left.ItemId}";
        right.ItemId = $"b. {right.ItemId}";
        var request = new CompareRequest { Left = { left }, Right = { right }, Model = new ModelSelector { Id = parsed.GetValue(_model) } };
        var response = await client.CompareAsync(request, cancellationToken);
        var similarity = response.Similarities.ToFloats()[0];
        if (parsed.GetValue(_common.Json))
        {
            await JsonLine.WriteAsync(_console.Output, new { A = left.ItemId, B = right.ItemId, Similarity = similarity, response.SpaceId });
        }
        else
        {
            await _console.Output.WriteLineAsync(similarity.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        return ExitCodes.Success;
    }
}
