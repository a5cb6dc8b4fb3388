using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>Latents to pixels, and back where the model has the graph for that.</summary>
internal sealed class Autoencoder : IDisposable
{
    private const int Colours = 3;

    private readonly DiffusionPart _part;
    private readonly DiffusionGraph _decoder;
    private readonly DiffusionGraph? _encoder;
    private readonly TensorSpec _latents;
    private readonly TensorSpec? _pixels;

    public Autoencoder(DiffusionPart part, OnnxSession decoder, OnnxSession? encoder)
    {
        (_part, _decoder, _encoder) = (part, new DiffusionGraph(decoder), encoder is null ? null : new DiffusionGraph(encoder));
        _latents = decoder.RequireInput("latent_sample", 4, TensorElementType.Float, TensorElementType.Float16);
        _pixels = encoder?.RequireInput("sample", 4, TensorElementType.Float, TensorElementType.Float16);
        _decoder.RequireOnly(_latents.Name);
        _encoder?.RequireOnly(_pixels!.Name);
    }

    public float[] Decode(ReadOnlyMemory<float> latents, LatentSize size)
    {
        var scaled = new float[latents.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)((latents.Span[i] / _part.ScalingFactor) + _part.ShiftFactor);
        }

        var input = DiffusionGraph.Join(_latents, [scaled], 1, _part.LatentChannels, size.Height, size.Width);
        return Whole(_decoder, new() { [_latents.Name] = input }, "sample", Colours * size.Width * size.Height * _part.PixelsPerLatent * _part.PixelsPerLatent);
    }

    /// <summary>The mean where the graph gives a distribution: the same picture is always begun with in the same way.</summary>
    public float[] Encode(ReadOnlyMemory<float> pixels, LatentSize size)
    {
        var encoder = _encoder ?? throw new InvalidOperationException("there is no vae_encoder");
        var input = DiffusionGraph.Join(_pixels!, [pixels], 1, Colours, size.Height * _part.PixelsPerLatent, size.Width * _part.PixelsPerLatent);
        var latents = Whole(encoder, new() { [_pixels!.Name] = input }, "latent_sample", _part.LatentChannels * size.Width * size.Height);
        for (var i = 0; i < latents.Length; i++)
        {
            latents[i] = (float)((latents[i] - _part.ShiftFactor) * _part.ScalingFactor);
        }

        return latents;
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _encoder?.Dispose();
    }

    // A distribution is twice as long: means, then logarithms of variances.
    private static float[] Whole(DiffusionGraph graph, Dictionary<string, OrtValue> inputs, string name, int length)
    {
        var (values, shape) = graph.Run(inputs, graph.Output(name, 4));
        return values.Length == length ? values
            : values.Length == 2 * length && name != "sample" ? values[..length]
            : throw new InvalidOperationException($"the graph {graph.Session.File.Graph} gives [{string.Join(", ", shape)}]; {length} numbers are expected of its sizes");
    }
}
