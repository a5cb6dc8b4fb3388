using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.Packs;

/// <summary>The part of a pack that encodes one modality.</summary>
public sealed class EncoderPart : PackPart
{
    internal EncoderPart(ModelFiles files, Modality modality, EncoderManifest manifest, EncoderPart? frameEncoder)
        : base(files, manifest.Folder!)
    {
        Modality = modality;
        Family = manifest.Family;
        Graph = manifest.Model!;
        EmbeddingOutput = manifest.Embedding;
        MaxTokens = manifest.MaxTokens;
        PadsTexts = manifest.PadsTexts;
        Pooling = manifest.Pooling;
        KeepsLength = manifest.KeepsLength;
        Prompts = manifest.Prompts;
        HasOwnFrame = manifest.HasOwnFrame;
        ReadsPairs = manifest.ReadsPairs;
        Task = manifest.Task;
        Window = TimeSpan.FromSeconds(manifest.WindowSeconds);
        FrameEncoder = frameEncoder;
        NumFrames = manifest.NumFrames;
    }

    public Modality Modality { get; }

    /// <summary>Says how the graph is fed; null leaves that to the modality.</summary>
    public string? Family { get; }

    /// <summary>Name of the graph without its ending.</summary>
    public string Graph { get; }

    /// <summary>Name of the output that holds the joint vector; null means the one that ends in "_embeds".</summary>
    public string? EmbeddingOutput { get; }

    /// <summary>Most tokens of one text, the opening and closing ones included; 0 if not text.</summary>
    public int MaxTokens { get; }

    /// <summary>Texts are filled up to <see cref="MaxTokens"/> with the tokenizer's padding.</summary>
    public bool PadsTexts { get; }

    /// <summary>How tokens become the vector, where that is what the output holds.</summary>
    public Pooling Pooling { get; }

    /// <summary>Vectors stay as long as the graph makes them, unless a setting says otherwise; else they are brought to length 1.</summary>
    public bool KeepsLength { get; }

    /// <summary>What is put before a text, by the name that requests choose it by.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; }

    /// <summary>Texts are framed as tokenizer.json says, and longer ones are cut on demand alone; else the opening and the closing token stand around them.</summary>
    public bool HasOwnFrame { get; }

    /// <summary>A text may be the second of a pair.</summary>
    public bool ReadsPairs { get; }

    /// <summary>What it is asked to do.</summary>
    public ModelTask Task { get; }

    /// <summary>Length of one segment of sound; zero if not sound.</summary>
    public TimeSpan Window { get; }

    /// <summary>What a clip's frames pass through first; null if the graph takes the frames themselves.</summary>
    public EncoderPart? FrameEncoder { get; }

    /// <summary>Frames of one clip; 0 if not video.</summary>
    public int NumFrames { get; }

    public override IEnumerable<string> Graphs => [Graph];

    public ModelFile GetModel(string variant) => GetGraph(Graph, variant);

    /// <summary>Names all weights that decide the output, the frame encoder's too.</summary>
    public string GetRevision(string variant) => GetRevision(_ => variant);

    /// <param name="variantOf">The variant of a graph, by its name.</param>
    public string GetRevision(Func<string, string> variantOf) => FrameEncoder is null
        ? GetModel(variantOf(Graph)).Revision
        : ModelFile.CombineRevisions(GetModel(variantOf(Graph)), FrameEncoder.GetModel(variantOf(FrameEncoder.Graph)));
}
