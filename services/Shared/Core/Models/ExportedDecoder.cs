using Sensorium.Core.Media;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>The decoder of an export.</summary>
/// <param name="Task">What it is asked to do.</param>
/// <param name="Reads">The modality of the encoder whose tokens it attends to; null if it reads text alone.</param>
/// <param name="FirstGraph">The graph that is fed a start without a past, where it is not the one of all further steps.</param>
/// <param name="StepGraph">The graph of all further steps.</param>
/// <param name="Capacity">Most tokens of one sequence, its prompt included.</param>
public sealed record ExportedDecoder(ModelTask Task, Modality? Reads, string? FirstGraph, string StepGraph, int Capacity)
{
    public DecoderKind Kind { get; init; }

    /// <summary>Most tokens of a second of sound; 0 where the capacity alone limits them.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>A text begins with tokens of its language and its task, which generation_config.json names.</summary>
    public bool BeginsWithLanguage { get; init; }

    /// <summary>How it reads a conversation; null if it holds none.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>How a prompt is read with the media; null if the decoder continues it.</summary>
    public PromptGraphs? Prompt { get; init; }
}
