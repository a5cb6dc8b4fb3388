using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models check: whether a model could serve, and one reason a line if not.</summary>
internal sealed class CheckModelCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _model = new("model") { Description = "Id of a model, or its folder among the gateway's models" };

    public CheckModelCommand(CliConsole console)
        : base("check", "Reads a model's folder as it is now, loads each part and runs it once. Exit status 1 if one cannot serve.")
    {
        _console = console;
        Add(_model);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var check = await client.CheckModelAsync(IdOf(parsed.GetRequiredValue(_model)), cancellationToken);
        string[] reasons = [.. ReasonsOf(check)];
        await (parsed.GetValue(_common.Json) ? WriteJsonAsync(check, reasons) : WriteTextAsync(check, reasons));
        return reasons.Length == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string IdOf(string model) =>
        Directory.Exists(model) ? Path.GetFileName(Path.GetFullPath(model).TrimEnd(Path.DirectorySeparatorChar)) : model;

    private static IEnumerable<string> ReasonsOf(ModelServiceCheckResponse check)
    {
        if (check.Model.Reason.Length > 0)
        {
            yield return check.Model.Reason;
        }
        else if (check.Checks.Count == 0)
        {
            yield return "no service that is asked here has a part of it";
        }

        foreach (var part in check.Checks.Select(check => check.Part).Where(part => part.State == ModelState.Failed))
        {
            yield return $"{part.Service} ({ModelWords.Of(part.Task)}): {part.Reason}";
        }
    }

    private async Task WriteTextAsync(ModelServiceCheckResponse check, string[] reasons)
    {
        var model = check.Model;
        (string Name, string Value)[] facts =
        [
            ("family", model.Family), ("size", ModelWords.OfBytes(model.SizeBytes)), ("licence", model.License), ("languages", string.Join(" ", model.Languages)),
        ];
        await _console.Output.WriteLineAsync(model.Id);
        foreach (var (name, value) in facts.Where(fact => fact.Value.Length > 0))
        {
            await _console.Output.WriteLineAsync($"{name}: {value}");
        }

        foreach (var ready in check.Checks.Where(ready => ready.Part.State == ModelState.Loaded))
        {
            var seconds = ready.ReadyAfter.ToTimeSpan().TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            await _console.Output.WriteLineAsync(
                $"{ready.Part.Service} ({ModelWords.Of(ready.Part.Task)}): {ready.Part.Model.Variant} on {ready.Part.Model.Device}, ready after {seconds} s");
        }

        foreach (var reason in reasons)
        {
            await _console.Error.WriteLineAsync($"sensorium: {reason.ReplaceLineEndings(" ")}");
        }
    }

    private Task WriteJsonAsync(ModelServiceCheckResponse check, string[] reasons) => JsonLine.WriteAsync(_console.Output, new
    {
        check.Model.Id,
        check.Model.Family,
        check.Model.License,
        check.Model.Languages,
        check.Model.SizeBytes,
        Reasons = reasons,
        Parts = check.Checks.Select(ready => new
        {
            ready.Part.Service,
            Task = ModelWords.Of(ready.Part.Task),
            State = ModelWords.Of(ready.Part.State),
            ready.Part.Model?.Variant,
            ready.Part.Model?.Device,
            ReadyAfterSeconds = ready.ReadyAfter.ToTimeSpan().TotalSeconds,
        }),
    });
}
