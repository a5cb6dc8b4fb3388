using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Core.Modalities;

namespace Sensorium.Core.Packs;

/// <summary>Reads the parts of format 2 as what format 1 has for them: each kind of part has fields of its own, and no other.</summary>
internal static class PackParts
{
    /// <summary>The kind of the part that writes; the others are those of the services that encode.</summary>
    public const string Generation = "generation";

    // What format 1 leaves out.
    private const string FixedCapacity = "fixed-capacity";

    private static readonly string[] EncoderGraphs = ["model"];
    private static readonly string[] DecoderGraphs = ["first", "step", "step_cpu", "cross_kv", "plain"];

    private static readonly JsonSerializerOptions Strict = new(PackJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static IReadOnlyList<string> Kinds { get; } = [.. ModalityTable.All.Select(row => row.Service), Generation];

    /// <param name="problems">Takes what is wrong with the parts.</param>
    public static PackManifest Read(PackManifest manifest, List<string> problems)
    {
        var encoders = new Dictionary<string, EncoderManifest>(StringComparer.Ordinal);
        DecoderManifest? decoder = null;
        foreach (var (part, place) in manifest.Parts.Select((part, i) => (part, $"parts[{i}]")))
        {
            if (part.Kind is null || !Kinds.Contains(part.Kind))
            {
                problems.Add($"'{place}.kind' is '{part.Kind}'; kinds are {string.Join(", ", Kinds.Select(kind => $"'{kind}'"))}");
            }
            else if (part.Kind == Generation ? decoder is not null : encoders.ContainsKey(part.Kind))
            {
                problems.Add($"'{place}.kind' is '{part.Kind}', as that of a part before it");
            }
            else if (part.Kind == Generation)
            {
                decoder = Read<DecoderManifest>(part, place, DecoderGraphs, problems);
            }
            else if (Read<EncoderManifest>(part, place, EncoderGraphs, problems) is { } encoder)
            {
                encoders.Add(part.Kind, encoder);
            }
        }

        return manifest with { Encoders = encoders, Decoder = decoder };
    }

    private static T? Read<T>(PartManifest part, string place, string[] graphs, List<string> problems)
        where T : class
    {
        var fields = part.Options.DeepClone().AsObject();
        foreach (var (role, graph) in part.Graphs)
        {
            if (!graphs.Contains(role))
            {
                problems.Add($"'{place}.graphs' has '{role}'; the graphs of this kind are {string.Join(", ", graphs.Select(known => $"'{known}'"))}");
                return null;
            }

            fields[role] = graph;
        }

        fields["folder"] = part.Folder;
        fields["family"] = part.Family == FixedCapacity ? null : part.Family;
        try
        {
            return fields.Deserialize<T>(Strict);
        }
        catch (JsonException error)
        {
            problems.Add($"'{place}.options' cannot be read at '{error.Path}': {error.Message}");
            return null;
        }
    }
}
