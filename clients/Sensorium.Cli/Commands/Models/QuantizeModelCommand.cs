using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models quantize FOLDER: variants of eight bits, made and measured on the caller's own media. Needs no gateway.</summary>
internal sealed class QuantizeModelCommand : Command
{
    private const string Verb = "quantize";

    private readonly CliConsole _console;
    private readonly Argument<string> _folder = new("folder") { Description = "Folder of a model, as `models pull` or an export leaves it" };
    private readonly Option<string[]> _media = new("--calibrate")
    {
        Description = "Files and folders of media like those that will be asked about; each line of a .txt is a text. Some 100 of each kind are enough",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _methods = new("--method")
    {
        Description = "static: weights and products, at scales found on the media, as *_int8.onnx. weights: weights alone, as *_quantized.onnx. Default: both",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _target = new("--out") { Description = "Folder for the graphs, instead of beside those of the model", DefaultValueFactory = _ => "" };
    private readonly Option<double> _least = new("--least-cosine")
    {
        Description = "Least mean cosine of each output to single precision; what is below is not written",
        DefaultValueFactory = _ => 0.98,
    };

    private readonly Option<string> _program = GatewayProgram.Option("quantises a folder");
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object on one line" };

    public QuantizeModelCommand(CliConsole console)
        : base(Verb, "Makes variants of a model's graphs in eight bits, and measures what they lose. Exit status 1 if none was written.")
    {
        _console = console;
        _methods.AcceptOnlyFromAmong("static", "weights");
        Add(_folder);
        foreach (var option in (Option[])[_media, _methods, _target, _least, _program, _json])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetRequiredValue(_folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"there is no folder '{folder}'");
        }

        var answer = await GatewayProgram.Find(parsed.GetValue(_program) ?? "").RunAsync([Verb, Path.GetFullPath(folder), .. ArgumentsOf(parsed)], cancellationToken);
        var report = new QuantizeReport(JsonNode.Parse(answer) ?? throw new JsonException("the gateway's program answered nothing"));
        await (parsed.GetValue(_json) ? _console.Output.WriteLineAsync(answer.Trim()) : report.WriteAsync(_console));
        return report.Written > 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private IEnumerable<string> ArgumentsOf(ParseResult parsed)
    {
        var arguments = parsed.GetRequiredValue(_media).Select(medium => ("--calibrate", Path.GetFullPath(medium)))
            .Concat(parsed.GetRequiredValue(_methods).Select(method => ("--method", method)))
            .Append(("--least-cosine", parsed.GetValue(_least).ToString(CultureInfo.InvariantCulture)));
        return (parsed.GetValue(_target) is { Length: > 0 } target ? arguments.Append(("--out", Path.GetFullPath(target))) : arguments)
            .SelectMany(argument => (string[])[argument.Item1, argument.Item2]);
    }
}
