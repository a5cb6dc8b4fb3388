using System.CommandLine;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models check: whether a model could serve, and one reason a line if not. A folder needs no gateway.</summary>
internal sealed class CheckModelCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _model = new("model") { Description = "Folder of a model, checked on this machine; or the id of one among the gateway's models" };
    private readonly Option<string> _program = GatewayProgram.Option("checks a folder");

    public CheckModelCommand(CliConsole console)
        : base("check", "Reads a model's folder as it is now, loads each part and runs it once. Exit status 1 if one cannot serve.")
    {
        _console = console;
        Add(_model);
        Add(_program);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var report = new CheckReport(await CheckAsync(parsed, cancellationToken));
        await (parsed.GetValue(_common.Json) ? report.WriteJsonAsync(_console) : report.WriteTextAsync(_console));
        return report.Reasons.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private async Task<ModelServiceCheckResponse> CheckAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var model = parsed.GetRequiredValue(_model);
        if (Directory.Exists(model) && _common.IsAddressLeftOut(parsed))
        {
            return await GatewayProgram.Find(parsed.GetValue(_program) ?? "").CheckAsync(model, cancellationToken);
        }

        using var client = _common.Connect(parsed);
        return await client.CheckModelAsync(IdOf(model), cancellationToken);
    }

    private static string IdOf(string model) => Directory.Exists(model)
        ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(model)))
        : model.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? throw new DirectoryNotFoundException($"there is no folder '{model}'") : model;
}
