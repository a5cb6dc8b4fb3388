using Sensorium.Core.Media;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>One encoder of an export.</summary>
/// <param name="Graph">Name of the graph without its ending, as "text_model".</param>
/// <param name="Embedding">Name of the output that holds the vector; null leaves that to the family, which then sees the graph.</param>
/// <param name="MaxTokens">Most tokens of one text, the opening and closing ones included; 0 if not text.</param>
public sealed record ExportedPart(Modality Modality, string Graph, string? Embedding, int MaxTokens = 0)
{
    /// <summary>Texts are filled up to <see cref="MaxTokens"/> with the tokenizer's padding.</summary>
    public bool PadsTexts { get; init; }

    /// <summary>How tokens become the vector, where that is what the output holds.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Vectors stay as long as the graph makes them, unless a setting says otherwise.</summary>
    public bool KeepsLength { get; init; }

    /// <summary>What is put before a text, by name.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>Texts are framed as tokenizer.json says.</summary>
    public bool HasOwnFrame { get; init; }

    /// <summary>A text may be the second of a pair.</summary>
    public bool ReadsPairs { get; init; }

    /// <summary>What it is asked to do; null for what the decoder of its model does, or for vectors where there is none.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Frames of one clip; 0 if not video.</summary>
    public int NumFrames { get; init; }
}
