namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>Which files of an export one variant needs.</summary>
internal static class PullSelection
{
    public const string SinglePrecision = "fp32";

    private const string GraphEnding = ".onnx";

    // As files end; the one without an ending is float32.
    private static readonly (string Variant, string Ending)[] Endings =
    [
        ("fp16", "_fp16"), ("int8", "_int8"), ("uint8", "_uint8"), ("q8", "_quantized"), ("q4", "_q4"), ("q4f16", "_q4f16"), ("bnb4", "_bnb4"),
    ];

    private static readonly string[] Beside = [".json", ".txt", ".md", ".model", ".jinja"];

    public static IReadOnlyList<string> Variants => [SinglePrecision, .. Endings.Select(known => known.Variant)];

    /// <exception cref="PullException">No graph is there in the variant, or a path leads out of the model.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> files, string variant)
    {
        if (files.FirstOrDefault(path => !StaysInside(path)) is { } outside)
        {
            throw new PullException($"the source lists '{outside}', which leads out of the model");
        }

        return PictureSelection.IsPictureModel(files) ? PictureSelection.Choose(files, variant) : ChooseExport(files, variant);
    }

    /// <summary>What every model has at its root: configuration, tokenizer, card and license.</summary>
    public static bool IsBeside(string path) => !path.Contains('/', StringComparison.Ordinal)
        && (Path.GetFileName(path).StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase) || Beside.Contains(Path.GetExtension(path)));

    public static IEnumerable<string> GraphsIn(string folder, IEnumerable<string> files) =>
        files.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(GraphEnding, StringComparison.Ordinal));

    public static bool HasWeightsOf(string path, string graph) =>
        path.StartsWith(graph + "_data", StringComparison.Ordinal) || path.StartsWith(graph + ".data", StringComparison.Ordinal);

    public static string VariantOf(string path)
    {
        var name = path[..^GraphEnding.Length];
        var known = Array.Find(Endings, known => name.EndsWith(known.Ending, StringComparison.Ordinal));
        return known.Variant ?? SinglePrecision;
    }

    private static IReadOnlyList<string> ChooseExport(IReadOnlyList<string> files, string variant)
    {
        string[] graphs = [.. GraphsIn("onnx", files)];
        string[] chosen = [.. graphs.Where(path => VariantOf(path) == variant)];
        if (chosen.Length == 0)
        {
            var there = string.Join(", ", graphs.Select(VariantOf).Distinct());
            throw new PullException($"there is no graph in variant '{variant}'; variants that are there: {(there.Length == 0 ? "none, it has no onnx/*.onnx" : there)}");
        }

        return [.. files.Where(path => IsBeside(path) || chosen.Contains(path) || chosen.Any(graph => HasWeightsOf(path, graph)))];
    }

    private static bool StaysInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Any(part => part is "" or "." or "..");
}
