using System.Globalization;
using Sensorium.V1;
using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>A progress bar for each picture, step by step, while a person is watching.</summary>
internal static class DrawBars
{
    public static Task<T> ShowAsync<T>(CliConsole console, int pictures, Func<Action<ImageEvent>, Task<T>> draw) => Bars.ShowAsync(
        console,
        () => draw(_ => { }),
        context =>
        {
            var tasks = Enumerable.Range(1, Math.Max(1, pictures))
                .Select(number => context.AddTask(string.Create(CultureInfo.InvariantCulture, $"picture {number}"))).ToArray();
            return draw(made => Report(tasks, made));
        },
        Columns());

    /// <summary>The same of a clip: one bar for all its pictures.</summary>
    public static Task<T> ShowClipAsync<T>(CliConsole console, Func<Action<GenerateVideoResponse>, Task<T>> film) => Bars.ShowAsync(
        console,
        () => film(_ => { }),
        context =>
        {
            var task = context.AddTask("pictures");
            return film(made => (task.MaxValue, task.Value) = made.Frame is { } frame ? (frame.Frames, frame.Done) : (task.MaxValue, task.Value));
        },
        Columns());

    private static ProgressColumn[] Columns() => [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];

    private static void Report(ProgressTask[] tasks, ImageEvent made)
    {
        if (made.Step is { } step && step.Index < tasks.Length)
        {
            (tasks[step.Index].MaxValue, tasks[step.Index].Value) = (step.Steps, step.Step);
        }
    }
}
