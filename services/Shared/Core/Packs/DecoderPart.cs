using Sensorium.Core.Models;

namespace Sensorium.Core.Packs;

/// <summary>The part of a model that writes text. Shapes of a pack's graphs are in docs/model-layout.md.</summary>
public sealed class DecoderPart : PackPart
{
    internal DecoderPart(ModelFiles files, DecoderManifest manifest)
        : base(files, manifest.Folder!)
    {
        Family = manifest.Family;
        Task = manifest.Task;
        Kind = manifest.Kind;
        TokensPerSecond = manifest.TokensPerSecond;
        BeginsWithLanguage = manifest.BeginsWithLanguage;
        FirstGraph = manifest.First;
        StepGraph = manifest.Step!;
        CpuStepGraph = manifest.StepCpu;
        CrossKvGraph = manifest.CrossKv;
        PlainGraph = manifest.Plain;
        Conversation = manifest.Conversation;
        Prompt = manifest.Prompt;
        Layers = manifest.Layers;
        Heads = manifest.Heads;
        HeadWidth = manifest.HeadWidth;
        Capacity = manifest.Capacity;
        VocabularySize = manifest.Vocabulary;
    }

    /// <summary>Says how the graphs are fed; null is a pack's own, over caches of fixed capacity.</summary>
    public string? Family { get; }

    public ModelTask Task { get; }

    public DecoderKind Kind { get; }

    /// <summary>Most tokens of a second of sound; 0 where the capacity alone limits them.</summary>
    public int TokensPerSecond { get; }

    /// <summary>A text begins with tokens of its language and its task.</summary>
    public bool BeginsWithLanguage { get; }

    /// <summary>The graph of the first step, where it is not <see cref="StepGraph"/>.</summary>
    public string? FirstGraph { get; }

    /// <summary>One step of a batch.</summary>
    public string StepGraph { get; }

    /// <summary>The same step in operators that only processors have; null if the pack has none.</summary>
    public string? CpuStepGraph { get; }

    /// <summary>Keys and values of the media, once per request; null where a step computes them.</summary>
    public string? CrossKvGraph { get; }

    /// <summary>The same decoder for other runtimes; null if the pack has none.</summary>
    public string? PlainGraph { get; }

    /// <summary>How it reads a conversation; null if it holds none.</summary>
    public Conversation? Conversation { get; }

    /// <summary>How a prompt is read with the media; null if the decoder continues it.</summary>
    public PromptGraphs? Prompt { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int HeadWidth { get; }

    /// <summary>Most tokens of one caption, its prompt included.</summary>
    public int Capacity { get; }

    /// <summary>0 if the manifest does not say.</summary>
    public int VocabularySize { get; }

    public override IEnumerable<string> Graphs => ((string?[])[FirstGraph, StepGraph, CpuStepGraph, CrossKvGraph, Prompt?.Embed, Prompt?.Encoder]).OfType<string>();

    /// <summary>The step for processors where it is wanted and the pack has it in this variant, else the one for any device.</summary>
    public ModelFile GetStep(string variant, bool onCpu = false) =>
        GetGraph(onCpu && CpuStepGraph is { } graph && VariantsOf(graph).Contains(variant) ? graph : StepGraph, variant);

    /// <summary>Throws <see cref="ModelPackException"/> if the pack has none.</summary>
    public ModelFile GetCrossKv(string variant) => GetGraph(CrossKvGraph ?? throw new ModelPackException(Folder, ["it has no graph of cross-attention"]), variant);

    /// <summary>Names all weights that decide what is written.</summary>
    /// <param name="variantOf">Of each graph.</param>
    public string GetRevision(Func<string, string> variantOf, bool onCpu = false) => ModelFile.CombineRevisions(
    [
        GetStep(variantOf(StepGraph), onCpu),
        .. ((string?[])[FirstGraph, CrossKvGraph, Conversation?.EmbedGraph, Prompt?.Embed, Prompt?.Encoder]).OfType<string>().Select(graph => GetGraph(graph, variantOf(graph))),
    ]);
}
