using System.Globalization;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>Reads a folder that holds a graph and no more than that: "model.onnx", or "N/model.onnx" for versions, of which the last counts.</summary>
internal static class BareGraphReader
{
    /// <summary>Of the graph, in the model's folder; empty if it lies in that itself, null if there is none.</summary>
    public static string? FolderOf(string path) => HasGraph(path)
        ? ""
        : Versions(path)
            .Where(HasGraph)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .MaxBy(name => int.Parse(name, CultureInfo.InvariantCulture));

    /// <summary>Throws <see cref="ModelPackException"/> if there is no graph.</summary>
    public static ModelPack Read(string path)
    {
        var folder = FolderOf(path) ?? throw new ModelPackException(path, ["it has no pack.json, no config.json with a folder onnx, and no model.onnx"]);
        var (id, card) = (Path.GetFileName(path), ModelCard.Read(path));
        return new ModelPack(
            new PackManifest { Id = id, License = card.License, Languages = card.Languages, SpaceId = id, Graph = new GraphManifest(folder) },
            new FolderFiles(path));
    }

    private static IEnumerable<string> Versions(string path) => Directory.Exists(path) ? Directory.EnumerateDirectories(path) : [];

    private static bool HasGraph(string path) => ModelVariants.All.Any(variant => File.Exists(Path.Combine(path, ModelVariants.FileName(GraphPart.Graph, variant))));
}
