using System.Collections.Concurrent;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Encoding;

namespace Sensorium.Core.UnitTests.Diffusion.Fakes;

/// <summary>Says of latents a tenth of them and the first number of the prompt. Runs are held back where a test asks for that.</summary>
internal sealed class FakeDiffusion(SamplerKind sampler = SamplerKind.Ddim, bool joinsTimesteps = true) : IDiffusionBackend
{
    /// <summary>Said of rows whose prompt begins with it.</summary>
    public const int BrokenToken = 666;

    /// <summary>A run with such a row fails.</summary>
    public const int FailingToken = 667;

    private volatile SemaphoreSlim? _gate;

    /// <summary>Rows and timesteps of each run.</summary>
    public ConcurrentQueue<double[]> Runs { get; } = [];

    public ModelIdentity Identity { get; } = new("painter", "1", "fp32", "painter", "", "cpu", "");

    public DiffusionShape Shape { get; } = new(
        [.. Enum.GetValues<SamplerKind>().OrderBy(kind => kind == sampler ? 0 : 1).Select(kind => new DiffusionConfig { Sampler = kind })],
        Channels: 1,
        DefaultSide: 8,
        PixelsPerLatent: 2,
        SizeStep: 4,
        MaxTokens: 8,
        OnlySize: null,
        joinsTimesteps,
        ReadsGuidance: false,
        ReadsPictures: true);

    /// <summary>Holds back every run until it is let go.</summary>
    public void Hold() => _gate = new SemaphoreSlim(0);

    public void LetGo(int runs = 1) => _gate!.Release(runs);

    public void LetAllGo() => _gate!.Release(1 << 20);

    public float[] ReadPrompt(IReadOnlyList<int> tokens) => [.. tokens.Select(token => (float)token)];

    public float[][] Predict(IReadOnlyList<DenoiseRow> rows, LatentSize size)
    {
        _gate?.Wait();
        Runs.Enqueue([.. rows.Select(row => row.Timestep)]);
        if (rows.Any(row => row.Text.Span[1] == FailingToken))
        {
            throw new InvalidOperationException("the graph is broken");
        }

        return [.. rows.Select(row => row.Latents.ToArray().Select(latent => row.Text.Span[1] == BrokenToken ? float.NaN : (latent / 10) + (row.Text.Span[1] / 1000)).ToArray())];
    }

    public float[] Decode(ReadOnlyMemory<float> latents, LatentSize size) => latents.ToArray();

    public float[] Encode(ReadOnlyMemory<float> pixels, LatentSize size) => pixels.ToArray();

    public void WarmUp()
    {
    }

    public void Dispose()
    {
    }
}
