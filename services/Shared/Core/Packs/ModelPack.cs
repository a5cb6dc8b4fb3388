using System.Text.Json;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Core.Packs;

/// <summary>A folder with models that belong together, as docs/model-layout.md describes it. Every listed file has been checked.</summary>
public sealed class ModelPack
{
    internal ModelPack(PackManifest manifest, ModelFiles files)
    {
        Folder = files.Root;
        Id = manifest.Id!;
        License = manifest.License!;
        SpaceId = manifest.SpaceId!;
        EmbeddingWidth = manifest.EmbeddingWidth;
        Languages = manifest.Languages;
        ModalityOrder = manifest.ModalityOrder.Count == 0
            ? [.. ModalityTable.All.Select(row => row.Modality)]
            : [.. manifest.ModalityOrder.Select(ModalityOf)];
        Encoders = manifest.Encoders.ToDictionary(
            encoder => ModalityOf(encoder.Key), encoder => Encoder(encoder.Key, manifest, files));
        Decoder = manifest.Decoder is { } decoder ? new DecoderPart(files, decoder) : null;
        Graph = manifest.Graph is { } graph ? new GraphPart(files, graph) : null;
        Diffusion = manifest.Diffusion is { } diffusion ? new DiffusionPart(files, diffusion) : null;
        Fusions = [.. manifest.Fusions.Select(IReadOnlyList<Modality> (fusion) => [.. fusion.Select(ModalityOf)])];
        MaxPromptTokens = manifest.MaxPromptTokens;
        MaxNewTokens = manifest.MaxNewTokens;
        MaxSegments = manifest.MaxSegments.ToDictionary(limit => ModalityOf(limit.Key), limit => limit.Value);
        LightVariant = manifest.LightVariant;
        NumBeams = manifest.Generation.NumBeams;
        LengthPenalty = manifest.Generation.LengthPenalty;
    }

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    public string Id { get; }

    public string License { get; }

    /// <summary>Vectors can be compared if, and only if, this is equal.</summary>
    public string SpaceId { get; }

    /// <summary>Width of the joint space and of the tokens that fusion joins; 0 for an export, whose graphs say it.</summary>
    public int EmbeddingWidth { get; }

    /// <summary>BCP 47 names of the languages that the models understand.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>In which order the sequences of several modalities are joined.</summary>
    public IReadOnlyList<Modality> ModalityOrder { get; }

    public IReadOnlyDictionary<Modality, EncoderPart> Encoders { get; }

    /// <summary>Null for a pack that only encodes.</summary>
    public DecoderPart? Decoder { get; }

    /// <summary>Null unless the model is a bare graph, which has no other parts.</summary>
    public GraphPart? Graph { get; }

    /// <summary>Null unless the model makes pictures; it has no other parts then.</summary>
    public DiffusionPart? Diffusion { get; }

    /// <summary>Sets of modalities that the decoder was trained on.</summary>
    public IReadOnlyList<IReadOnlyList<Modality>> Fusions { get; }

    /// <summary>Longest prompt seen in training.</summary>
    public int MaxPromptTokens { get; }

    /// <summary>Longest caption seen in training; 0 if the manifest does not say.</summary>
    public int MaxNewTokens { get; }

    /// <summary>Most segments of one modality in one request of training; 0 means not trained as a fused medium.</summary>
    public IReadOnlyDictionary<Modality, int> MaxSegments { get; }

    /// <summary>The variant of its encoders that has been measured to be as good as single precision; null if none has.</summary>
    public string? LightVariant { get; }

    /// <summary>Recommended number of beams; null means greedy.</summary>
    public int? NumBeams { get; }

    /// <summary>Recommended length penalty; null means none.</summary>
    public float? LengthPenalty { get; }

    /// <summary>
    /// Reads pack.json and compares every file that it lists with its SHA-256. Throws <see cref="ModelPackException"/>
    /// that names all problems together.
    /// </summary>
    public static ModelPack Load(string folder)
    {
        var root = Path.GetFullPath(folder);
        var manifest = Read(root);
        var files = new PackFiles(root, manifest.Files);
        var partProblems = new List<string>();
        if (manifest.Format == PackManifestValidator.PartsFormat)
        {
            manifest = PackParts.Read(manifest, partProblems);
        }

        string[] problems = [.. partProblems, .. new PackManifestValidator(manifest, files).Validate(), .. files.Verify()];
        return problems.Length == 0 ? new ModelPack(manifest, files) : throw new ModelPackException(root, problems);
    }

    // The manifest has been checked, so that the name is known.
    private static Modality ModalityOf(string service) => ModalityTable.OfService(service)!.Modality;

    private static PackManifest Read(string root)
    {
        var path = Path.Combine(root, "pack.json");
        try
        {
            return JsonSerializer.Deserialize<PackManifest>(File.ReadAllBytes(path), PackJson.Options)
                ?? throw new ModelPackException(root, ["pack.json holds 'null'"]);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelPackException(root, ["there is no pack.json"], error);
        }
        catch (JsonException error)
        {
            throw new ModelPackException(root, [$"pack.json cannot be read at '{error.Path}': {error.Message}"], error);
        }
    }

    private static EncoderPart Encoder(string name, PackManifest manifest, ModelFiles files)
    {
        var encoder = manifest.Encoders[name];
        var frames = encoder.FrameEncoder is { } inner ? Encoder(inner, manifest, files) : null;
        return new EncoderPart(files, ModalityOf(name), encoder, frames);
    }
}
