using System.Threading.Channels;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Looks at one thing after the other. Of what comes meanwhile only the newest is kept, and the rest is counted.</summary>
/// <param name="name">One of <see cref="LiveParts"/>.</param>
/// <param name="look">Tells what it notices.</param>
internal sealed class LivePart<T>(string name, Func<T, CancellationToken, Task> look, LiveReporter reporter) : ILivePart
    where T : LiveMaterial
{
    private readonly Channel<T> _newest = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _offered;
    private long _done;
    private long _skipped;
    private long _failed;
    private string? _told;

    public string Name => name;

    public LiveCount Count => new(Interlocked.Read(ref _offered), Interlocked.Read(ref _done), Interlocked.Read(ref _skipped), Interlocked.Read(ref _failed));

    /// <summary>Of one caller at a time.</summary>
    public void Offer(T material)
    {
        Interlocked.Increment(ref _offered);
        if (_newest.Reader.TryRead(out _))
        {
            Add(ref _skipped, "skipped");
        }

        _newest.Writer.TryWrite(material);
    }

    /// <summary>So many came up at once that only the newest was made.</summary>
    public void Skip(int count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _offered, count);
            Add(ref _skipped, "skipped", count);
        }
    }

    public void Complete() => _newest.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var material in _newest.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await look(material, cancellationToken);
                Add(ref _done, "done");
                _told = null;
            }
            catch (SensoriumException error) when (!EndsStream(error))
            {
                await FailAsync(material.Moment, error, cancellationToken);
            }
        }
    }

    private async Task FailAsync(LiveMoment moment, SensoriumException error, CancellationToken cancellationToken)
    {
        if (error.Reason is ErrorReasons.Overloaded or ErrorReasons.DeadlineExceeded)
        {
            Add(ref _skipped, "skipped");
            return;
        }

        Add(ref _failed, "failed");
        if (_told != error.Reason)
        {
            _told = error.Reason;
            await reporter.TellAsync(new PartFailed(moment, name, error), cancellationToken);
        }
    }

    private void Add(ref long counter, string outcome, int count = 1)
    {
        Interlocked.Add(ref counter, count);
        LiveMetrics.Look(name, outcome, count);
    }

    // What was asked for cannot be had, whatever comes.
    private static bool EndsStream(SensoriumException error) =>
        error.Code is ErrorCode.FailedPrecondition or ErrorCode.NotFound
        || error.Reason is ErrorReasons.InvalidParameter or ErrorReasons.InvalidQuestion or ErrorReasons.PromptTooLong;
}

/// <summary>One of those that look at a stream.</summary>
internal interface ILivePart
{
    string Name { get; }

    LiveCount Count { get; }

    /// <summary>Nothing more comes; what is kept is still looked at.</summary>
    void Complete();

    /// <summary>Until all has been looked at.</summary>
    /// <exception cref="SensoriumException">The stream cannot go on.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
