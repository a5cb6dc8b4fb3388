using System.Runtime.CompilerServices;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;

namespace Sensorium.Gateway.UnitTests.Explanation;

/// <summary>Tells of a dog and of a park, each likelier where a text has its word.</summary>
internal sealed class TellingGenerator : ICaptionGenerator
{
    private const float Likely = -1;
    private const float Unlikely = -5;

    public List<CaptionJob> Jobs { get; } = [];

    /// <summary>Unset to not say what it is told to.</summary>
    public bool Listens { get; set; } = true;

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new GenerationDescription(FakeGenerator.Model, [], 1, 1, 1, 1, ["en"], false));

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (Jobs)
        {
            Jobs.Add(job);
        }

        await Task.Yield();
        var text = ((TextSource)job.Media.Single().Source).Text;
        float[] logProbs = [Says("dog"), Says("park")];
        yield return new CaptionStarted(0, [], []);
        if (job.Parameters.NumBeams > 1)
        {
            yield return new CaptionDelta(0, [7, 8], "a dog in a park", logProbs, []);
        }
        else
        {
            yield return new CaptionDelta(0, [7], "a dog", [logProbs[0]], []);
            yield return new CaptionDelta(0, [Listens ? 8 : 9 + Jobs.Count], " in a park", [logProbs[1]], []);
        }

        yield return new CaptionFinished(
            0, "a dog in a park", CaptionFinishReason.End, new GenerationUsage(0, 1, 2), new GenerationTiming(default, default, default, default), FakeGenerator.Model, 0, 0);

        float Says(string word) => text.Contains(word, StringComparison.Ordinal) ? Likely : Unlikely;
    }
}
