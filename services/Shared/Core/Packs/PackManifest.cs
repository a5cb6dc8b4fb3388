using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sensorium.Core.Models;

namespace Sensorium.Core.Packs;

/// <summary>pack.json as it is written, before anything has been checked. Unknown fields are ignored.</summary>
internal sealed record PackManifest
{
    public int Format { get; init; }

    public string? Id { get; init; }

    public string? License { get; init; }

    public string? SpaceId { get; init; }

    public int EmbeddingWidth { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<string> ModalityOrder { get; init; } = [];

    public IReadOnlyDictionary<string, EncoderManifest> Encoders { get; init; } = new Dictionary<string, EncoderManifest>();

    public DecoderManifest? Decoder { get; init; }

    /// <summary>Stands in no pack.json.</summary>
    [JsonIgnore]
    public GraphManifest? Graph { get; init; }

    /// <summary>Stands in no pack.json.</summary>
    [JsonIgnore]
    public DiffusionManifest? Diffusion { get; init; }

    /// <summary>Of format 2: what stands in the two before, part by part.</summary>
    public IReadOnlyList<PartManifest> Parts { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Fusions { get; init; } = [];

    public int MaxPromptTokens { get; init; }

    public int MaxNewTokens { get; init; }

    public IReadOnlyDictionary<string, int> MaxSegments { get; init; } = new Dictionary<string, int>();

    public string? LightVariant { get; init; }

    public GenerationManifest Generation { get; init; } = new(null, null);

    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}

internal sealed record EncoderManifest
{
    public string? Family { get; init; }

    public string? Folder { get; init; }

    public string? Model { get; init; }

    public string? Embedding { get; init; }

    public int MaxTokens { get; init; }

    public bool PadsTexts { get; init; }

    public Pooling Pooling { get; init; }

    public bool KeepsLength { get; init; }

    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    public bool HasOwnFrame { get; init; }

    public bool ReadsPairs { get; init; }

    public ModelTask Task { get; init; } = ModelTask.Embed;

    public double WindowSeconds { get; init; }

    public string? FrameEncoder { get; init; }

    public int NumFrames { get; init; }
}

internal sealed record DecoderManifest
{
    public string? Family { get; init; }

    public ModelTask Task { get; init; } = ModelTask.Generate;

    public DecoderKind Kind { get; init; }

    public int TokensPerSecond { get; init; }

    public bool BeginsWithLanguage { get; init; }

    public string? Folder { get; init; }

    public string? First { get; init; }

    public string? Step { get; init; }

    public string? StepCpu { get; init; }

    public string? CrossKv { get; init; }

    public string? Plain { get; init; }

    public Conversation? Conversation { get; init; }

    public PromptGraphs? Prompt { get; init; }

    public int Layers { get; init; }

    public int Heads { get; init; }

    public int HeadWidth { get; init; }

    public int Capacity { get; init; }

    public int Vocabulary { get; init; }
}

/// <param name="Folder">Of the graph, in the model's own; empty if it lies beside its files.</param>
internal sealed record GraphManifest(string Folder);

internal sealed record PartManifest
{
    public string? Kind { get; init; }

    public string? Family { get; init; }

    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Graphs { get; init; } = new Dictionary<string, string>();

    public JsonObject Options { get; init; } = [];
}

internal sealed record GenerationManifest(int? NumBeams, float? LengthPenalty);
