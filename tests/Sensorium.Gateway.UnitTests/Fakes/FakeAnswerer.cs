using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Says "a dog" in as many choices as are asked for, and remembers what it was asked.</summary>
internal sealed class FakeAnswerer : ICaptionGenerator
{
    private static readonly string[] Words = ["a", " dog"];

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last one as it came.</summary>
    public CaptionJob? Job { get; private set; }

    public CaptionFinishReason Reason { get; set; } = CaptionFinishReason.End;

    /// <summary>Set to fail behind the first word.</summary>
    public SensoriumException? Failure { get; set; }

    /// <summary>Set to fail before it says anything.</summary>
    public SensoriumException? Refusal { get; set; }

    /// <summary>Set to wait behind the first word until the caller gives up.</summary>
    public bool Hangs { get; set; }

    public Task Started => _started.Task;

    public Task Stopped => _stopped.Task;

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new GenerationDescription(FakeGenerator.Model, [], 1, 1, 1, 1, ["en"], false));

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Job = job;
        await Task.Yield();
        yield return Refusal is null ? new CaptionStarted(0, [], []) : throw Refusal;
        var choices = Enumerable.Range(0, job.Parameters.Choices ?? 1).ToArray();
        foreach (var (i, word) in Words.Index())
        {
            foreach (var choice in choices)
            {
                yield return new CaptionDelta(choice, [i], word, [-0.5f - i], []);
            }

            await (Hangs ? HangAsync(cancellationToken) : Task.CompletedTask);
            _ = Failure is null ? 0 : throw Failure;
        }

        foreach (var choice in choices)
        {
            yield return new CaptionFinished(
                choice, "a dog", Reason, new GenerationUsage(7, 5, Words.Length), new GenerationTiming(default, default, default, default), FakeGenerator.Model, 0, -2);
        }
    }

    private async Task HangAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }
}
