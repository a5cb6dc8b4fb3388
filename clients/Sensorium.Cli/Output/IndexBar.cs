using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>How many of the files are dealt with, while a person is watching.</summary>
internal static class IndexBar
{
    /// <param name="total">Files that there are.</param>
    /// <param name="index">Calls what it is given for each file that is dealt with.</param>
    public static Task<T> ShowAsync<T>(CliConsole console, int total, Func<Action<string>, Task<T>> index) => Bars.ShowAsync(
        console,
        () => index(_ => { }),
        context =>
        {
            var task = context.AddTask("", maxValue: Math.Max(1, total));
            return index(name =>
            {
                task.Description = Markup.Escape(name);
                task.Increment(1);
            });
        },
        new ProgressBarColumn(),
        new PercentageColumn(),
        new RemainingTimeColumn(),
        new TaskDescriptionColumn { Alignment = Justify.Left });
}
