using Sensorium.Core.Diffusion.Sampling;

namespace Sensorium.Core.Packs;

/// <summary>The part of a model that makes pictures of words: a folder in the layout of the diffusers library, a subfolder for each graph.</summary>
public sealed class DiffusionPart : PackPart
{
    public const string TextEncoderGraph = "text_encoder/model";
    public const string DenoiserGraph = "unet/model";
    public const string DecoderGraph = "vae_decoder/model";
    public const string EncoderGraph = "vae_encoder/model";

    internal DiffusionPart(ModelFiles files, DiffusionManifest manifest)
        : base(files, "", "")
    {
        Samplers = manifest.Samplers;
        DefaultSide = manifest.DefaultSide;
        PixelsPerLatent = manifest.PixelsPerLatent;
        SizeStep = manifest.SizeStep;
        LatentChannels = manifest.LatentChannels;
        ScalingFactor = manifest.ScalingFactor;
        ShiftFactor = manifest.ShiftFactor;
        MaxTokens = manifest.MaxTokens;
        Guidance = manifest.Guidance;
    }

    /// <summary>How it is sampled, the way that the model asks for first, one of each kind.</summary>
    public IReadOnlyList<DiffusionConfig> Samplers { get; }

    /// <summary>Of pictures, where no size is asked for.</summary>
    public int DefaultSide { get; }

    /// <summary>Of one side of the picture.</summary>
    public int PixelsPerLatent { get; }

    /// <summary>Sides are multiples of it.</summary>
    public int SizeStep { get; }

    public int LatentChannels { get; }

    /// <summary>What latents are multiplied by between the autoencoder and the denoiser.</summary>
    public double ScalingFactor { get; }

    /// <summary>What is taken off latents before that.</summary>
    public double ShiftFactor { get; }

    /// <summary>Of a prompt, the opening and the closing one included.</summary>
    public int MaxTokens { get; }

    /// <summary>How much more the prompt counts where a request does not say; null leaves it to what is usual.</summary>
    public double? Guidance { get; }

    /// <summary>Absolute path.</summary>
    public string TokenizerFolder => Path.Combine(Folder, "tokenizer");

    /// <summary>Whether a picture can be begun with.</summary>
    public bool ReadsPictures => VariantsOf(EncoderGraph).Count > 0;

    public override IEnumerable<string> Graphs => [TextEncoderGraph, DenoiserGraph, DecoderGraph, .. ReadsPictures ? [EncoderGraph] : (string[])[]];

    /// <summary>Names all weights that decide what is drawn.</summary>
    /// <param name="variantOf">Of each graph.</param>
    public string GetRevision(Func<string, string> variantOf) => ModelFile.CombineRevisions(Graphs.Select(graph => GetGraph(graph, variantOf(graph))));
}

/// <summary>What the files of such a folder say.</summary>
internal sealed record DiffusionManifest(
    IReadOnlyList<DiffusionConfig> Samplers,
    int DefaultSide,
    int PixelsPerLatent,
    int SizeStep,
    int LatentChannels,
    double ScalingFactor,
    double ShiftFactor,
    int MaxTokens)
{
    public double? Guidance { get; init; }
}
