using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Says "hello" once, and remembers what it was asked.</summary>
internal sealed class FakeGenerator : ICaptionGenerator
{
    public static ModelIdentity Model { get; } = new("teller", "1", "fp32", "space", "", "cpu", "");

    public List<CaptionJob> Jobs { get; } = [];

    /// <summary>Set to fail whatever is asked.</summary>
    public SensoriumException? Failure { get; set; }

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => Failure is { } failure
        ? ValueTask.FromException<GenerationDescription>(failure)
        : ValueTask.FromResult(new GenerationDescription(Model, [], 1, 1, 1, 1, ["en"], false));

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Jobs.Add(job);
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return Failure is { } failure ? throw failure : new CaptionStarted(0, [], []);
        yield return new CaptionDelta(0, [1], "hello", [], []);
    }
}
