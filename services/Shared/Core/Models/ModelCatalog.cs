using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>The models that this process may serve, read when it is first asked for. A folder that cannot be read keeps no other from serving.</summary>
public sealed class ModelCatalog
{
    private ModelCatalog(IReadOnlyList<CatalogModel> models) => Models = models;

    /// <summary>The default first.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>One pack alone. Throws <see cref="ModelPackException"/> if it cannot be used.</summary>
    public static ModelCatalog OfPack(string folder)
    {
        var pack = ModelPack.Load(folder);
        return new ModelCatalog([new CatalogModel(pack.Id, IsDefault: true, pack, null)]);
    }

    /// <summary>Every model in a folder. Throws <see cref="ModelPackException"/> if none can be used, or the default is not there.</summary>
    public static ModelCatalog OfFolder(string folder, string defaultId, IEnumerable<IModelFamily> families)
    {
        var root = Path.GetFullPath(folder);
        string[] candidates = Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Where(IsModel)] : [];
        CatalogModel[] models =
        [
            .. candidates
                .OrderBy(path => IsPack(path) ? 0 : 1).ThenBy(path => path, StringComparer.Ordinal)
                .Select(path => Read(path, [.. families])),
        ];
        string[] problems =
        [
            .. models.GroupBy(model => model.Id).Where(group => group.Count() > 1).Select(group => $"{group.Count()} models have the id '{group.Key}'"),
            .. models.Length == 0 ? ["there is no model: no subfolder has a pack.json, or a config.json and a folder onnx"] : Array.Empty<string>(),
            .. models.Length > 0 && models.All(model => model.Pack is null) ? models.Select(model => model.Problem!) : [],
            .. defaultId.Length > 0 && !Array.Exists(models, model => model.Id == defaultId)
                ? [$"'{ModelsOptions.Section}:Default' is '{defaultId}', but the models are {string.Join(", ", models.Select(model => $"'{model.Id}'"))}"]
                : Array.Empty<string>(),
        ];
        return problems.Length == 0 ? new ModelCatalog(DefaultFirst(models, defaultId)) : throw new ModelPackException(root, problems);
    }

    private static CatalogModel[] DefaultFirst(CatalogModel[] models, string defaultId)
    {
        var first = defaultId.Length == 0 ? models[0] : Array.Find(models, model => model.Id == defaultId)!;
        return [first with { IsDefault = true }, .. models.Where(model => model != first)];
    }

    private static CatalogModel Read(string path, IReadOnlyList<IModelFamily> families)
    {
        try
        {
            var pack = IsPack(path) ? ModelPack.Load(path) : ExportReader.Read(path, families);
            return new CatalogModel(pack.Id, IsDefault: false, pack, null);
        }
        catch (Exception error) when (error is ModelPackException or IOException or UnauthorizedAccessException)
        {
            return new CatalogModel(Path.GetFileName(path), IsDefault: false, null, error.Message);
        }
    }

    private static bool IsPack(string path) => File.Exists(Path.Combine(path, "pack.json"));

    private static bool IsModel(string path) =>
        IsPack(path) || (File.Exists(Path.Combine(path, "config.json")) && Directory.Exists(Path.Combine(path, "onnx")));
}
