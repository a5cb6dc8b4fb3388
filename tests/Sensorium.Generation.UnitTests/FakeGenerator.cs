using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;

namespace Sensorium.Generation.UnitTests;

/// <summary>A generator that answers what the test decides, and remembers what it was asked.</summary>
internal sealed class FakeGenerator : ICaptionGenerator
{
    private readonly ConcurrentQueue<CaptionJob> _jobs = new();

    public static ModelIdentity Model { get; } = new("pack", "rev", "fp32", "space", "digest", "cpu", "Apache-2.0");

    public GenerationDescription Description { get; } = new(
        Model, [[Modality.Image], [Modality.Video, Modality.Audio]], 16, 64, 1024, 8, ["en"], Explains: true);

    public IReadOnlyList<CaptionJob> Jobs => [.. _jobs];

    /// <summary>Given out one after the other.</summary>
    public IReadOnlyList<CaptionEvent> Events { get; set; } = [];

    /// <summary>Awaited after the events: throws, or waits.</summary>
    public Func<CancellationToken, Task> End { get; set; } = _ => Task.CompletedTask;

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Description);

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _jobs.Enqueue(job);
        foreach (var next in Events)
        {
            yield return next;
        }

        await End(cancellationToken);
    }
}
