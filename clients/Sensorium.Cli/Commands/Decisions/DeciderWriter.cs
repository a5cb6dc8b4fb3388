using System.Globalization;
using Google.Protobuf;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>What a decider is and how well it does, for people or as JSON.</summary>
internal static class DeciderWriter
{
    public static JsonFormatter Json { get; } = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public static async Task WriteAsync(TextWriter output, DeciderInfo decider, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(Json.Format(decider));
            return;
        }

        await output.WriteLineAsync($"{decider.Id}@{decider.Version}: taught by {decider.Cases} cases");
        foreach (var report in decider.Reports)
        {
            await WriteAsync(output, report);
        }

        await output.WriteLineAsync(decider.Notice);
    }

    private static async Task WriteAsync(TextWriter output, QuestionReport report)
    {
        var counts = string.Join(", ", report.Options.Select(option => $"{option.Value} {option.Cases}"));
        await Line($"{report.Question} ({counts}): AUROC {report.Auroc.Value:0.000} ({report.Auroc.Low:0.000} to {report.Auroc.High:0.000}), Brier {report.Brier:0.000}, calibration error {report.CalibrationError:0.000}");
        foreach (var part in report.Parts)
        {
            await Line($"  {part.Part}: AUROC alone {part.Alone.Value:0.000} ({part.Alone.Low:0.000} to {part.Alone.High:0.000}), adds {part.Adds:+0.000;-0.000;0.000}, in {part.Cases} cases");
        }

        if (report.Coverage.FirstOrDefault(point => Math.Abs(point.Coverage - 0.8) < 1e-9) is { } most)
        {
            await Line($"  error {report.Coverage[0].Error:0.000}; {most.Error:0.000} where the most confident 80 % are answered");
        }

        foreach (var field in report.Fields.Where(field => field.Leaks))
        {
            await Line($"  field '{field.Field}' alone has AUROC {field.Alone:0.000}: was it written down after the outcome was known?");
        }

        Task Line(FormattableString text) => output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));
    }
}
