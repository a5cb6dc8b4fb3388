using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Load;

/// <summary>Callers who each ask again as soon as they have been answered, until disposed.</summary>
internal sealed class SoakCallers : IAsyncDisposable
{
    // A caller who is refused comes back after a while.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<SoakCall> _calls = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SoakQuestions _questions;
    private readonly Task _callers;
    private int _good;

    public SoakCallers(SensoriumService.SensoriumServiceClient client, SoakQuestions questions, int count)
    {
        _questions = questions;
        _callers = Task.WhenAll(Enumerable.Range(0, count).Select(caller => Task.Run(() => RunAsync(client, caller))));
    }

    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Those that have ended.</summary>
    public IReadOnlyCollection<SoakCall> Calls => _calls;

    /// <summary>Returns when so many more calls than now have been answered well.</summary>
    public async Task UntilAnsweredAsync(int more)
    {
        var enough = Volatile.Read(ref _good) + more;
        for (var clock = Stopwatch.StartNew(); Volatile.Read(ref _good) < enough;)
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"{more} more calls were not answered well within {Patience.TotalMinutes} minutes.");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>No caller begins another call; returns when all have ended.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _callers;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    // Each goes round all questions, from another one on.
    private async Task RunAsync(SensoriumService.SensoriumServiceClient client, int caller)
    {
        var all = _questions.All.ToArray();
        for (var next = caller; !_end.IsCancellationRequested; next++)
        {
            var (question, started) = (all[next % all.Length], Now);
            try
            {
                var answer = await question.AskAsync(client, CancellationToken.None);
                var right = _questions.IsRight(question, answer);
                _calls.Enqueue(new SoakCall(question, started, Now, IsWrong: !right));
                _ = right ? Interlocked.Increment(ref _good) : 0;
            }
            catch (RpcException error)
            {
                _calls.Enqueue(new SoakCall(question, started, Now, Error: $"{error.StatusCode}: {error.Status.Detail}", Status: error.StatusCode.ToString()));
                await Task.Delay(Pause);
            }
        }
    }
}
