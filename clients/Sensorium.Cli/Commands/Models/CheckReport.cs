using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>What a check found, as text or JSON.</summary>
internal sealed class CheckReport(ModelServiceCheckResponse check)
{
    /// <summary>Why the model cannot serve; none if it can.</summary>
    public IReadOnlyList<string> Reasons { get; } = [.. ReasonsOf(check)];

    public async Task WriteTextAsync(CliConsole console)
    {
        var model = check.Model;
        (string Name, string Value)[] facts =
        [
            ("family", model.Family), ("size", ModelWords.OfBytes(model.SizeBytes)), ("licence", model.License), ("languages", string.Join(" ", model.Languages)),
        ];
        await console.Output.WriteLineAsync(model.Id);
        foreach (var (name, value) in facts.Where(fact => fact.Value.Length > 0))
        {
            await console.Output.WriteLineAsync($"{name}: {value}");
        }

        foreach (var line in check.Checks.SelectMany(LinesOf))
        {
            await console.Output.WriteLineAsync(line);
        }

        foreach (var reason in Reasons)
        {
            await console.Error.WriteLineAsync($"sensorium: {reason.ReplaceLineEndings(" ")}");
        }
    }

    public Task WriteJsonAsync(CliConsole console) => JsonLine.WriteAsync(console.Output, new
    {
        check.Model.Id,
        check.Model.Family,
        check.Model.License,
        check.Model.Languages,
        check.Model.SizeBytes,
        Serves = Reasons.Count == 0,
        Reasons,
        Parts = check.Checks.Select(part => new
        {
            part.Part.Service,
            Task = ModelWords.Of(part.Part.Task),
            State = ModelWords.Of(part.Part.State),
            part.Part.Model?.Variant,
            part.Part.Model?.Device,
            ReadyAfterSeconds = part.ReadyAfter.ToTimeSpan().TotalSeconds,
            part.MissingTensors,
            Graphs = part.Graphs.Select(graph => new
            {
                graph.Name,
                graph.Variant,
                graph.Variants,
                graph.SizeBytes,
                Inputs = graph.Inputs.Select(tensor => new { tensor.Name, tensor.Type, tensor.Dimensions }),
                Outputs = graph.Outputs.Select(tensor => new { tensor.Name, tensor.Type, tensor.Dimensions }),
            }),
        }),
    });

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

    private static IEnumerable<string> LinesOf(ModelPartCheck check)
    {
        var part = check.Part;
        var seconds = check.ReadyAfter.ToTimeSpan().TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        yield return part.State == ModelState.Loaded
            ? $"{part.Service} ({ModelWords.Of(part.Task)}): {part.Model.Variant} on {part.Model.Device}, ready after {seconds} s"
            : $"{part.Service} ({ModelWords.Of(part.Task)}): cannot serve";
        foreach (var graph in check.Graphs)
        {
            yield return $"  {graph.Name}: {string.Join(", ", graph.Variants)}; {ModelWords.OfBytes(graph.SizeBytes)} as {graph.Variant}";
            foreach (var line in TensorLines.Of("takes", graph.Inputs).Concat(TensorLines.Of("gives", graph.Outputs)))
            {
                yield return $"    {line}";
            }
        }

        foreach (var tensor in check.MissingTensors)
        {
            yield return $"  missing: {tensor}";
        }
    }
}
