using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Hosting.Policies.Draining;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Operations;

/// <summary>Says what frames and sound show while they come in. What there is no time for is skipped and counted, and nothing is queued.</summary>
internal sealed class LiveOperation(
    LiveWiring wiring, CallTracker calls, IOptions<LiveOptions> options, IOptions<HostingOptions> host, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private int _streams;

    /// <summary><see cref="LiveStarted"/>, then what is noticed, then <see cref="LiveProgress"/> once all that came in has been dealt with.</summary>
    /// <param name="plan">What is to be said.</param>
    /// <param name="inputs">In the order in which they come in.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The plan is wrong, what it asks for is not served, or the messages are not what it announced.</exception>
    public async IAsyncEnumerable<LiveEvent> RunAsync(
        LivePlan plan, IAsyncEnumerable<LiveInput> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LiveRules.Check(plan, options.Value);
        using var place = Enter();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reporter = new LiveReporter();
        var looks = await wiring.ConnectAsync(plan, reporter, cancellationToken);
        yield return new LiveStarted(LiveMoment.At(TimeSpan.Zero, time.GetTimestamp()), [.. looks.Senses.Models]);
        var session = new LiveSession(looks, reporter, new InputRules(plan.Sound, host.Value.MaxInlineBytes), options.Value, time, calls.Draining);
        var running = session.RunAsync(inputs, stopping.Token);
        try
        {
            await foreach (var said in reporter.ReadAllAsync(cancellationToken))
            {
                var told = said with { Lateness = time.GetElapsedTime(said.Moment.Arrived) };
                LiveMetrics.Told(told);
                yield return told;
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await running;
        }
    }

    private Place Enter()
    {
        if (Interlocked.Increment(ref _streams) > options.Value.MaxStreams)
        {
            Interlocked.Decrement(ref _streams);
            throw SensoriumException.Overloaded($"{options.Value.MaxStreams} streams are looked at here at a time; try again when one has ended.", RetryAfter);
        }

        LiveMetrics.Begin();
        return new Place(this);
    }

    private sealed class Place(LiveOperation operation) : IDisposable
    {
        public void Dispose()
        {
            LiveMetrics.End();
            Interlocked.Decrement(ref operation._streams);
        }
    }
}
