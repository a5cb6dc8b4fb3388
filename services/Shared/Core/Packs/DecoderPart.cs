namespace Sensorium.Core.Packs;

/// <summary>The part of a pack that writes captions. Shapes of its graphs are in docs/model-layout.md.</summary>
public sealed class DecoderPart : PackPart
{
    internal DecoderPart(ModelFiles files, DecoderManifest manifest)
        : base(files, manifest.Folder!)
    {
        StepGraph = manifest.Step!;
        CpuStepGraph = manifest.StepCpu;
        CrossKvGraph = manifest.CrossKv!;
        PlainGraph = manifest.Plain;
        Layers = manifest.Layers;
        Heads = manifest.Heads;
        HeadWidth = manifest.HeadWidth;
        Capacity = manifest.Capacity;
        VocabularySize = manifest.Vocabulary;
    }

    /// <summary>One step of a batch over caches of fixed capacity.</summary>
    public string StepGraph { get; }

    /// <summary>The same step in operators that only processors have; null if the pack has none.</summary>
    public string? CpuStepGraph { get; }

    /// <summary>Keys and values of the media, once per request.</summary>
    public string CrossKvGraph { get; }

    /// <summary>The same decoder for other runtimes; null if the pack has none.</summary>
    public string? PlainGraph { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int HeadWidth { get; }

    /// <summary>Most tokens of one caption, its prompt included.</summary>
    public int Capacity { get; }

    /// <summary>0 if the manifest does not say.</summary>
    public int VocabularySize { get; }

    /// <summary>The step for processors where it is wanted and the pack has it in this variant, else the one for any device.</summary>
    public ModelFile GetStep(string variant, bool onCpu = false) =>
        GetGraph(onCpu && CpuStepGraph is { } graph && VariantsOf(graph).Contains(variant) ? graph : StepGraph, variant);

    public ModelFile GetCrossKv(string variant) => GetGraph(CrossKvGraph, variant);

    public string GetRevision(string variant, bool onCpu = false) => ModelFile.CombineRevisions(GetStep(variant, onCpu), GetCrossKv(variant));
}
