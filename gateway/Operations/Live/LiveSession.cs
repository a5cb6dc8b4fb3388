using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>One stream, from its first message to the last word about it.</summary>
/// <param name="looks">What looks at it.</param>
/// <param name="rules">That its messages keep.</param>
/// <param name="draining">Cancelled when this process is about to stop.</param>
internal sealed class LiveSession(LiveLooks looks, LiveReporter reporter, InputRules rules, LiveOptions options, TimeProvider time, CancellationToken draining)
{
    private Exception? _fault;
    private LiveInput? _last;

    /// <summary>Never throws: what went wrong ends what the reporter tells.</summary>
    public async Task RunAsync(IAsyncEnumerable<LiveInput> inputs, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        Task[] first = [.. looks.First.Select(part => GuardAsync(part.RunAsync(ending.Token), ending))];
        Task[] then = [.. looks.Then.Select(part => GuardAsync(part.RunAsync(ending.Token), ending))];
        var telling = TellProgressAsync(told.Token);
        await Task.WhenAll([GuardAsync(ReceiveAsync(inputs, ending.Token), ending), .. first]);
        foreach (var part in looks.Then)
        {
            part.Complete();
        }

        await Task.WhenAll(then);
        await told.CancelAsync();
        await telling;
        if (_fault is null)
        {
            await GuardAsync(reporter.TellAsync(Progress(finished: true), ending.Token).AsTask(), ending);
        }

        reporter.Complete(_fault);
    }

    // The first failure is that of the stream, and ends everything else.
    private async Task GuardAsync(Task work, CancellationTokenSource ending)
    {
        try
        {
            await work;
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _fault, error, null);
            await ending.CancelAsync();
        }
    }

    private async Task ReceiveAsync(IAsyncEnumerable<LiveInput> inputs, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleTimeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token, draining);
        try
        {
            await foreach (var input in inputs.WithCancellation(any.Token))
            {
                var arrived = time.GetTimestamp();
                idle.CancelAfter(options.IdleTimeout);
                rules.Check(input);
                looks.Senses.Check(input);
                looks.Take(input, arrived);
                Volatile.Write(ref _last, input);
            }
        }
        catch (Exception) when (any.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw LiveEnds.Of($"The stream paused for more than {options.IdleTimeout}.", draining);
        }

        looks.Complete();
    }

    private async Task TellProgressAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.ProgressInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await reporter.TellAsync(Progress(finished: false), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private LiveProgress Progress(bool finished) => new(
        LiveMoment.At(Volatile.Read(ref _last)?.Time ?? TimeSpan.Zero, time.GetTimestamp()), looks.First.Concat(looks.Then).ToDictionary(part => part.Name, part => part.Count, StringComparer.Ordinal), finished);
}
