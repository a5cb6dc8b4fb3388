using Sensorium.Client;
using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>A progress bar while a file is uploaded; it appears with the first byte and is gone with the last.</summary>
internal static class UploadBar
{
    public static async Task<T> ShowAsync<T>(CliConsole console, string name, Func<IProgress<UploadProgress>, Task<T>> upload)
    {
        if (!console.Interactive)
        {
            return await upload(new Progress<UploadProgress>());
        }

        return await console.Draw(console.Error).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape($"uploading {name}"));
                return await upload(new ProgressTo(task));
            });
    }

    private sealed class ProgressTo(ProgressTask task) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            task.MaxValue = value.TotalBytes ?? value.SentBytes;
            task.Value = value.SentBytes;
        }
    }
}
