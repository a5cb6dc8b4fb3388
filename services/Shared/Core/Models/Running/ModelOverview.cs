namespace Sensorium.Core.Models.Running;

/// <summary>One model, with what each service has of it.</summary>
/// <param name="Family">"pack", "graph", "diffusers", or how its graphs are fed: "clip"; empty if that cannot be told.</param>
/// <param name="SizeBytes">Of the files in its folder.</param>
/// <param name="Reason">Why its folder cannot be read; empty if it can.</param>
public sealed record ModelOverview(
    string Id,
    IReadOnlyList<string> Aliases,
    string Family,
    string License,
    IReadOnlyList<string> Languages,
    long SizeBytes,
    bool IsDefault,
    IReadOnlyList<ModelPartState> Parts,
    string Reason)
{
    /// <summary>Names of the modalities that go in, where its parts' services do not say it.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    public static ModelOverview Of(CatalogModel model, IEnumerable<ModelPartState> parts) => new(
        model.Id,
        [.. model.Settings.Aliases],
        FamilyOf(model),
        model.Pack?.License ?? "",
        model.Pack?.Languages ?? [],
        SizeOf(model.Folder),
        model.IsDefault,
        [.. parts],
        model.Problem ?? "");

    // An export names the family of each of its parts; a pack leaves that to its parts' modalities.
    private static string FamilyOf(CatalogModel model)
    {
        IEnumerable<string?> families = [.. model.Pack?.Encoders.Values.Select(part => part.Family) ?? [], model.Pack?.Decoder?.Family];
        string[] named = [.. families.OfType<string>().Distinct()];
        return model.Pack is null || named.Length > 0 ? string.Join(", ", named) : model.Pack.Graph is not null ? "graph" : model.Pack.Diffusion is null ? "pack" : "diffusers";
    }

    private static long SizeOf(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;
}
