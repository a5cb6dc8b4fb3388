using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>Finds model folders and reads them. One that cannot be read keeps no other from being read.</summary>
/// <param name="folders">All that may be models, in the order in which they are listed.</param>
internal sealed class CatalogReader(Func<IEnumerable<string>> folders, IReadOnlyList<IModelFamily> families, ModelsOptions options)
{
    public static CatalogReader OfFolder(string root, IReadOnlyList<IModelFamily> families, ModelsOptions options) => new(
        () => Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).Where(IsModel).OrderBy(path => IsPack(path) ? 0 : 1).ThenBy(path => path, StringComparer.Ordinal)
            : [],
        families,
        options);

    public IEnumerable<CatalogModel> ReadAll() => folders().Select(Read);

    public CatalogModel Read(string path)
    {
        try
        {
            var pack = IsPack(path) ? ModelPack.Load(path)
                : DiffusersReader.IsModel(path) ? DiffusersReader.Read(path)
                : IsExport(path) ? ExportReader.Read(path, families) : BareGraphReader.Read(path);
            return Model(pack.Id, path, pack, null);
        }
        catch (Exception error) when (error is ModelPackException or IOException or UnauthorizedAccessException)
        {
            return Model(Path.GetFileName(path), path, null, error is ModelPackException pack ? string.Join("; ", pack.Problems) : error.Message);
        }
    }

    private CatalogModel Model(string id, string path, ModelPack? pack, string? problem) =>
        new(id, IsDefault: false, pack, problem) { Folder = path, Settings = options.Of(id) };

    private static bool IsPack(string path) => File.Exists(Path.Combine(path, "pack.json"));

    // A name that begins with a dot is one of a model that is being written.
    private static bool IsModel(string path) => !Path.GetFileName(path).StartsWith('.')
        && (IsPack(path) || DiffusersReader.IsModel(path) || IsExport(path) || BareGraphReader.FolderOf(path) is not null);

    private static bool IsExport(string path) => File.Exists(Path.Combine(path, "config.json")) && Directory.Exists(Path.Combine(path, "onnx"));
}
