using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Diffusion;

/// <summary>A model that makes pictures, on ONNX Runtime.</summary>
internal sealed class OnnxDiffusionBackend : IDiffusionBackend
{
    // Of the training, far from one another.
    private const double EarlyTimestep = 1;
    private const double LateTimestep = 500;

    private readonly DiffusionPart _part;
    private readonly PromptEncoder _prompts;
    private readonly Denoiser _denoiser;
    private readonly Autoencoder _pictures;
    private bool _isProbed;

    public OnnxDiffusionBackend(DiffusionPart part, ModelIdentity identity, PromptEncoder prompts, Denoiser denoiser, Autoencoder pictures)
    {
        (_part, Identity, _prompts, _denoiser, _pictures) = (part, identity, prompts, denoiser, pictures);
        Shape = ShapeOf();
    }

    public ModelIdentity Identity { get; }

    public DiffusionShape Shape { get; private set; }

    public float[] ReadPrompt(IReadOnlyList<int> tokens) => _prompts.Read(tokens);

    public float[][] Predict(IReadOnlyList<DenoiseRow> rows, LatentSize size) => _denoiser.Predict(rows, size);

    public float[] Decode(ReadOnlyMemory<float> latents, LatentSize size) => _pictures.Decode(latents, size);

    public float[] Encode(ReadOnlyMemory<float> pixels, LatentSize size) => _pictures.Encode(pixels, size);

    // The smallest picture that there can be. Whether rows may be joined is found out once, before any request.
    public void WarmUp()
    {
        var side = _part.SizeStep / _part.PixelsPerLatent;
        var size = Shape.OnlySize ?? new LatentSize(side, side);
        var text = ReadPrompt(new int[_part.MaxTokens]);
        float[] latents = [.. Enumerable.Range(0, Shape.LengthOf(size)).Select(i => (float)Math.Sin(i))];
        var early = new DenoiseRow(latents, EarlyTimestep, text, 1);
        if (_isProbed)
        {
            _denoiser.Predict([early], size);
        }
        else
        {
            _denoiser.Probe(early, early with { Timestep = LateTimestep }, size);
            (_isProbed, Shape) = (true, ShapeOf());
        }

        var pixels = Decode(latents, size);
        if (_part.ReadsPictures)
        {
            Encode(pixels, size);
        }
    }

    public void Dispose()
    {
        _prompts.Dispose();
        _denoiser.Dispose();
        _pictures.Dispose();
    }

    private DiffusionShape ShapeOf() => new(
        _part.Samplers,
        _part.LatentChannels,
        _denoiser.OnlySize is { } only ? only.Width * _part.PixelsPerLatent : _part.DefaultSide,
        _part.PixelsPerLatent,
        _part.SizeStep,
        _part.MaxTokens,
        _denoiser.OnlySize,
        _denoiser.JoinsTimesteps,
        _denoiser.ReadsGuidance,
        _part.ReadsPictures)
    {
        Guidance = (float?)_part.Guidance,
    };
}
