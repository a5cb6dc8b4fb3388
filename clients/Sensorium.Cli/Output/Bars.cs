using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>Progress bars on standard error while a person is watching; they are gone when the work is done.</summary>
internal static class Bars
{
    /// <param name="unseen">The work where nobody watches.</param>
    /// <param name="seen">The work, with what adds bars.</param>
    /// <param name="columns">Of each bar.</param>
    public static Task<T> ShowAsync<T>(CliConsole console, Func<Task<T>> unseen, Func<ProgressContext, Task<T>> seen, params ProgressColumn[] columns) =>
        console.Interactive ? console.Draw(console.Error).Progress().AutoClear(true).Columns(columns).StartAsync(seen) : unseen();
}
