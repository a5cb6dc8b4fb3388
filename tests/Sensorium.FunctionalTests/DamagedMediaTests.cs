using System.Collections.Concurrent;
using Grpc.Core;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Some damaged media of the formats that travel most; ./bench.sh soak --sections mutate sends thousands of all.</summary>
[Collection(InOneProcess.Name)]
public sealed class DamagedMediaTests(OneProcess deployment) : DeploymentTests(deployment)
{
    private const int Mutants = 300;
    private const int Callers = 4;

    // Children of ffmpeg cost the most: pictures are the most.
    private static readonly string[] Formats = ["jpg", "png", "webp", "gif", "bmp", "tiff", "jpg", "png", "webp", "wav", "wav", "gif", "mp3", "flac", "mp4"];

    [Fact]
    public async Task Each_is_read_or_refused_as_what_it_is()
    {
        var samples = FormatSample.Make(Formats).ToDictionary(sample => sample.Name);
        var (mutator, faults) = (new MediaMutator(seed: 22), new ConcurrentQueue<string>());
        await Parallel.ForEachAsync(Enumerable.Range(0, Mutants), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, end) =>
        {
            var format = samples[Formats[number % Formats.Length]];
            var mutant = mutator.Mutate(format.Bytes, samples[Formats[number / 2 % Formats.Length]].Bytes, number);
            var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Data(mutant) } }, cancellationToken: end);
            if (response.Results[0].Error is { } error && (StatusCode)error.Code is not (StatusCode.InvalidArgument or StatusCode.ResourceExhausted))
            {
                faults.Enqueue($"{number}, a {format.Name}: {(StatusCode)error.Code} {error.Reason} {error.Message}");
            }
        });

        Assert.Empty(faults);
        await AssertStillServingAsync();
    }
}
