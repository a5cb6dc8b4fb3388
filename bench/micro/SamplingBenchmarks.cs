using BenchmarkDotNet.Attributes;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Sampling;

namespace Sensorium.Bench.Micro;

/// <summary>The choice of one token from a vocabulary of 4,096.</summary>
[MemoryDiagnoser]
public class SamplingBenchmarks
{
    private const int Vocabulary = 4096;

    private readonly float[] _logits = new float[Vocabulary];
    private TokenSampler _greedy = null!;
    private TokenSampler _nucleus = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Vocabulary; i++)
        {
            _logits[i] = (random.NextSingle() * 12) - 6;
        }

        _greedy = Sampler(temperature: 0);
        _nucleus = Sampler(temperature: 0.8f);
    }

    [Benchmark]
    public void Greedy() => _greedy.Next(_logits, out _);

    [Benchmark]
    public void Nucleus() => _nucleus.Next(_logits, out _);

    private static TokenSampler Sampler(float temperature) => new(
        new DecodingParameters
        {
            Temperature = temperature,
            TopP = 0.9f,
            TopK = 50,
            MaxNewTokens = 40,
            NumBeams = 1,
            LengthPenalty = 1,
            RepetitionPenalty = 1,
            Seed = 7,
            Choices = 1,
            EndTokenIds = [2],
        },
        choice: 0,
        new SamplingBuffers(Vocabulary));
}
