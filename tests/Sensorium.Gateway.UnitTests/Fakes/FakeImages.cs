using System.Runtime.CompilerServices;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Makes pictures of two steps whose bytes are their numbers, and remembers what it was asked. No model of it is listed.</summary>
internal sealed class FakeImages : IImageGenerator
{
    public List<ImageJob> Jobs { get; } = [];

    /// <summary>Set to fail behind the first step.</summary>
    public SensoriumException? Failure { get; set; }

    public ValueTask<ServedModels<ImageModelDescription>> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ServedModels<ImageModelDescription>(ImageHub.Service, [], []));

    public async IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (Jobs)
        {
            Jobs.Add(job);
        }

        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var seed = job.Seed ?? 7;
        yield return new ImageStarted(0, job.Width ?? 64, job.Height ?? 64, 2, [.. Enumerable.Range(0, job.Count).Select(i => seed + (ulong)i)], FakeGenerator.Model);
        for (var i = 0; i < job.Count; i++)
        {
            yield return new ImageProgress(i, 1, 2, job.Previews > 0 ? new byte[] { 1, (byte)i } : ReadOnlyMemory<byte>.Empty);
            _ = Failure is null ? 0 : throw Failure;
            yield return new ImageFinished(i, new byte[] { 2, (byte)i }, seed + (ulong)i, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }
}
