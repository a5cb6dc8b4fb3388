namespace Sensorium.Core.Packs;

/// <summary>One graph of a pack in one variant.</summary>
/// <param name="Path">Absolute path of the .onnx file; its external data lie beside it.</param>
/// <param name="WeightDigests">SHA-256 of the graph and of the external data that it names, as the manifest has them.</param>
public sealed record ModelFile(string Path, string Graph, string Variant, IReadOnlyList<string> WeightDigests)
{
    /// <summary>Absolute paths of the files that hold its large weights; none where the graph itself does.</summary>
    public IReadOnlyList<string> ExternalData { get; init; } = [];

    /// <summary>Lower-case hexadecimal SHA-256 over <see cref="WeightDigests"/>.</summary>
    public string Revision => RevisionOf(WeightDigests);

    /// <summary>One revision for graphs that work together: equal if, and only if, all their weights are.</summary>
    public static string CombineRevisions(params IEnumerable<ModelFile> files) =>
        RevisionOf(files.SelectMany(file => file.WeightDigests));

    private static string RevisionOf(IEnumerable<string> digests)
    {
        var text = string.Join('\n', digests.Distinct().Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text)));
    }
}
