using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>A progress bar for each file that is taken, while a person is watching.</summary>
internal static class PullBars
{
    public static Task<T> ShowAsync<T>(CliConsole console, Func<Func<string, Action<long, long?>>, Task<T>> pull) => Bars.ShowAsync(
        console,
        () => pull(_ => (_, _) => { }),
        context => pull(path =>
        {
            var task = context.AddTask(Markup.Escape(path));
            return (done, total) => (task.MaxValue, task.Value) = (total ?? done, done);
        }),
        new TaskDescriptionColumn(),
        new ProgressBarColumn(),
        new DownloadedColumn(),
        new TransferSpeedColumn(),
        new RemainingTimeColumn());
}
