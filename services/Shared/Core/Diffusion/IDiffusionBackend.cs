using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Encoding;

namespace Sensorium.Core.Diffusion;

/// <summary>The graphs of one model that makes pictures. Safe for concurrent use.</summary>
public interface IDiffusionBackend : IDisposable
{
    ModelIdentity Identity { get; }

    DiffusionShape Shape { get; }

    /// <summary>What the denoiser attends to: [tokens, width].</summary>
    /// <param name="tokens">As many as <see cref="DiffusionShape.MaxTokens"/>.</param>
    float[] ReadPrompt(IReadOnlyList<int> tokens);

    /// <summary>What the model says of each row's latents, in order. Rows have latents of one size.</summary>
    float[][] Predict(IReadOnlyList<DenoiseRow> rows, LatentSize size);

    /// <summary>Pixels [3, height, width] from -1 to 1, as far as the model keeps to that.</summary>
    float[] Decode(ReadOnlyMemory<float> latents, LatentSize size);

    /// <summary>Latents of pixels [3, height, width] from -1 to 1.</summary>
    float[] Encode(ReadOnlyMemory<float> pixels, LatentSize size);

    /// <summary>Runs every graph once. Throws what is wrong with them.</summary>
    void WarmUp();
}

/// <summary>A row of one run of the denoiser.</summary>
/// <param name="Text">What <see cref="IDiffusionBackend.ReadPrompt"/> gave.</param>
/// <param name="Guidance">Read by models that were trained with it.</param>
public sealed record DenoiseRow(ReadOnlyMemory<float> Latents, double Timestep, ReadOnlyMemory<float> Text, double Guidance);

/// <summary>Sides in latents.</summary>
public readonly record struct LatentSize(int Width, int Height);

/// <summary>What a model's files say of its pictures.</summary>
/// <param name="OnlySize">Of a graph that reads one size alone; null if it reads any.</param>
/// <param name="JoinsTimesteps">Rows of one run may be at different timesteps.</param>
/// <param name="ReadsGuidance">The strength of guidance is an input: no second row leads away from the negative prompt.</param>
public sealed record DiffusionShape(
    IReadOnlyList<DiffusionConfig> Samplers,
    int Channels,
    int DefaultSide,
    int PixelsPerLatent,
    int SizeStep,
    int MaxTokens,
    LatentSize? OnlySize,
    bool JoinsTimesteps,
    bool ReadsGuidance,
    bool ReadsPictures)
{
    /// <summary>Where a request does not say; null leaves it to what is usual.</summary>
    public float? Guidance { get; init; }

    public int LengthOf(LatentSize size) => Channels * size.Width * size.Height;
}
