namespace Sensorium.Core.Batching;

/// <summary>A thread for long blocking work, so that the pool's threads stay free for serving.</summary>
internal static class DedicatedThread
{
    /// <summary>The task ends with the thread.</summary>
    public static Task Start(string name, Action work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                work();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return ended.Task;
    }
}
