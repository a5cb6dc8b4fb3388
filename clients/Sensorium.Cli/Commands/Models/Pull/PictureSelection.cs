namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>Which files of the layout of the diffusers library one variant needs: a folder for each part, and no weights of other runtimes.</summary>
internal static class PictureSelection
{
    private const string Index = "model_index.json";
    private const string Denoiser = "unet";
    private const string PictureReader = "vae_encoder";

    // One file of that name holds the weights of a graph that has none of its own.
    private const string PlainWeights = "weights.pb";

    private static readonly string[] Needed = ["text_encoder", Denoiser, "vae_decoder"];
    private static readonly string[] Settings = ["tokenizer/", "scheduler/"];

    public static bool IsPictureModel(IReadOnlyList<string> files) => files.Contains(Index);

    /// <exception cref="PullException">A part is not there in the variant.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> files, string variant)
    {
        string[] parts = PullSelection.GraphsIn(PictureReader, files).Any() ? [.. Needed, PictureReader] : Needed;
        var graphs = parts.ToDictionary(part => part, part => GraphOf(part, files, variant), StringComparer.Ordinal);
        return [.. files.Where(path => PullSelection.IsBeside(path)
            || Settings.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
            || graphs.Any(part => IsOf(path, part.Key, part.Value)))];
    }

    // Exports in half precision may keep a small part whole. What takes most of the time has to be as it was asked for.
    private static string GraphOf(string part, IReadOnlyList<string> files, string variant)
    {
        string[] graphs = [.. PullSelection.GraphsIn(part, files)];
        return graphs.FirstOrDefault(path => PullSelection.VariantOf(path) == variant)
            ?? (part == Denoiser ? null : graphs.FirstOrDefault(path => PullSelection.VariantOf(path) == PullSelection.SinglePrecision))
            ?? throw new PullException(graphs.Length == 0
                ? $"it makes pictures, and has no {part}/model.onnx: it is to be exported to ONNX, or is of a layout that is not known"
                : $"there is no graph of '{part}' in variant '{variant}'; variants that are there: {string.Join(", ", graphs.Select(PullSelection.VariantOf).Distinct())}");
    }

    private static bool IsOf(string path, string part, string graph) =>
        path == graph
        || path == $"{part}/config.json"
        || PullSelection.HasWeightsOf(path, graph)
        || (path == $"{part}/{PlainWeights}" && PullSelection.VariantOf(graph) == PullSelection.SinglePrecision);
}
