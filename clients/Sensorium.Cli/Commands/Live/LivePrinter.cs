using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Live;

/// <summary>A line for each thing that is noticed: when it is, how late it is told, and what it is.</summary>
internal sealed class LivePrinter(CliConsole console, bool json)
{
    public Task WriteAsync(LiveEvent said)
    {
        if (Describe(said) is not var (kind, text))
        {
            return Task.CompletedTask;
        }

        var (start, late) = (Seconds(said.Range?.Start), Seconds(said.Lateness));
        if (json)
        {
            return JsonLine.WriteAsync(console.Output, new { Time = start, End = Seconds(said.Range?.End), Late = Math.Round(late, 4), Kind = kind, Text = text, Details = Details(said) });
        }

        // Of the last second of sound its end is when something was heard.
        var when = said.Heard is not null || said.Alert?.Modality == Modality.Audio ? Seconds(said.Range?.End) : start;
        var line = string.Create(CultureInfo.InvariantCulture, $"[{TimeSpan.FromSeconds(when):hh\\:mm\\:ss\\.ff} +{late:0.00} s] {kind}: {text}");
        return said.Problem is null && said.Finished is null ? console.Output.WriteLineAsync(line) : console.Error.WriteLineAsync($"sensorium: {line}");
    }

    private static (string Kind, string Text)? Describe(LiveEvent said) => said.EventCase switch
    {
        LiveEvent.EventOneofCase.Caption => ("caption", said.Caption.Text),
        LiveEvent.EventOneofCase.Scene => ("scene", "another one"),
        LiveEvent.EventOneofCase.Alert => (said.Alert.Modality == Modality.Audio ? "heard" : "seen", said.Alert.Name + (said.Alert.Ended ? " (ended)" : "")),
        LiveEvent.EventOneofCase.Heard => ("sound", said.Heard.Label.Length > 0 ? said.Heard.Label : "none of them"),
        LiveEvent.EventOneofCase.Transcript => ("speech", said.Transcript.Text.Trim()),
        LiveEvent.EventOneofCase.Decision => ("decision", string.Join(", ", said.Decision.Answers.Select(Answer))),
        LiveEvent.EventOneofCase.Problem => ("problem", $"{said.Problem.Part}: {said.Problem.Error.Reason}: {said.Problem.Error.Message}"),
        LiveEvent.EventOneofCase.Finished => ("finished", string.Join("; ", Counts(said.Finished))),
        _ => null,
    };

    private static string Answer(DecisionAnswer answer) => answer.Abstained != AbstentionReason.Unspecified
        ? $"{answer.Question}: abstained"
        : string.Create(CultureInfo.InvariantCulture, $"{answer.Question}: {answer.Choice} ({answer.Confidence:0.00})");

    private static IEnumerable<string> Counts(LiveProgress progress) =>
        from part in Parts(progress)
        where part.Count is { Offered: > 0 }
        select $"{part.Name} {part.Count.Done} of {part.Count.Offered} looked at, {part.Count.Skipped} skipped, {part.Count.Failed} failed";

    private static (string Name, LiveCount? Count)[] Parts(LiveProgress progress) =>
    [
        ("frames", progress.Frames), ("sound", progress.Sound), ("captions", progress.Captions), ("transcript", progress.Transcript), ("decisions", progress.Decisions),
    ];

    private static object? Details(LiveEvent said) => said.EventCase switch
    {
        LiveEvent.EventOneofCase.Scene => new { said.Scene.Distance },
        LiveEvent.EventOneofCase.Alert => new { said.Alert.Name, said.Alert.Similarity, said.Alert.Ended },
        LiveEvent.EventOneofCase.Heard => new { said.Heard.Label, said.Heard.Similarity, said.Heard.Score },
        LiveEvent.EventOneofCase.Finished => Parts(said.Finished).Where(part => part.Count is not null)
            .ToDictionary(part => part.Name, part => new { part.Count!.Offered, part.Count.Done, part.Count.Skipped, part.Count.Failed }),
        _ => null,
    };

    private static double Seconds(Duration? time) => time?.ToTimeSpan().TotalSeconds ?? 0;
}
