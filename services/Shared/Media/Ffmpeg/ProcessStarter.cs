using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Starts processes on one thread of its own. Linux signals the death of the thread that started a child, not that of the
/// process, and threads of the pool come and go.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> _requests = [];

    public ProcessStarter()
    {
        new Thread(Run) { IsBackground = true, Name = "Media processes" }.Start();
    }

    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((info, started));
        return started.Task;
    }

    // The thread outlives the last request: children that are still running depend on it.
    public void Dispose() => _requests.CompleteAdding();

    private void Run()
    {
        foreach (var (info, started) in _requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new InvalidOperationException($"'{info.FileName}' did not start."));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        }
    }
}
