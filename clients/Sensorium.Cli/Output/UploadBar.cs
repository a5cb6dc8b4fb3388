using Sensorium.Client;
using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>A progress bar while a file is uploaded; it appears with the first byte and is gone with the last.</summary>
internal static class UploadBar
{
    public static Task<T> ShowAsync<T>(CliConsole console, string name, Func<IProgress<UploadProgress>, Task<T>> upload) => Bars.ShowAsync(
        console,
        () => upload(new Progress<UploadProgress>()),
        context => upload(new ProgressTo(context.AddTask(Markup.Escape($"uploading {name}")))),
        new TaskDescriptionColumn(),
        new ProgressBarColumn(),
        new DownloadedColumn(),
        new TransferSpeedColumn());

    private sealed class ProgressTo(ProgressTask task) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            task.MaxValue = value.TotalBytes ?? value.SentBytes;
            task.Value = value.SentBytes;
        }
    }
}
