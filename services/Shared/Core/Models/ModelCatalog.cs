using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>The models that this process may serve. They are read at the start, and one by one when they are to be loaded again.</summary>
public sealed class ModelCatalog
{
    private readonly Lock _gate = new();
    private readonly CatalogReader _reader;
    private readonly ModelsOptions _options;
    private readonly string _firstId;
    private volatile IReadOnlyList<CatalogModel> _models;

    private ModelCatalog(CatalogReader reader, ModelsOptions options, IReadOnlyList<CatalogModel> models)
    {
        (_reader, _options) = (reader, options);
        _firstId = options.Default.Length == 0 && models.Count > 0 ? models[0].Id : options.Default;
        _models = [.. models.Select(WithDefaults).OrderBy(model => model.IsDefault ? 0 : 1)];
    }

    /// <summary>The default first.</summary>
    public IReadOnlyList<CatalogModel> Models => _models;

    /// <summary>No model at all, for a process that reads one folder and serves nobody.</summary>
    public static ModelCatalog Empty { get; } = new(new CatalogReader(() => [], [], new ModelsOptions()), new ModelsOptions(), []);

    /// <summary>One pack alone. Throws <see cref="ModelPackException"/> if it cannot be used.</summary>
    public static ModelCatalog OfPack(string folder, ModelsOptions options)
    {
        var root = Path.GetFullPath(folder);
        var reader = new CatalogReader(() => [root], [], options);
        var pack = ModelPack.Load(root);
        return Checked(root, reader, options, [new CatalogModel(pack.Id, IsDefault: false, pack, null) { Folder = root, Settings = options.Of(pack.Id) }]);
    }

    /// <summary>Every model in a folder. Throws <see cref="ModelPackException"/> if none can be used, or one that the settings name is not there.</summary>
    public static ModelCatalog OfFolder(string folder, ModelsOptions options, IEnumerable<IModelFamily> families)
    {
        var root = Path.GetFullPath(folder);
        var reader = CatalogReader.OfFolder(root, [.. families], options);
        return Checked(root, reader, options, [.. reader.ReadAll()]);
    }

    /// <summary>One model folder by itself, wherever it lies. What is wrong with it is in the answer.</summary>
    public static CatalogModel ReadFolder(string folder, ModelsOptions options, IEnumerable<IModelFamily> families) =>
        new CatalogReader(() => [], [.. families], options).Read(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>By its id or an alias; null if there is none.</summary>
    public CatalogModel? Find(string name) =>
        _models.FirstOrDefault(model => model.Id == name) ?? _models.FirstOrDefault(model => model.Settings.Aliases.Contains(name));

    /// <summary>As <see cref="Refresh"/>, without taking note of it.</summary>
    public CatalogModel? Read(string name)
    {
        var known = Find(name);
        var fresh = known is null ? _reader.ReadAll().FirstOrDefault(model => model.Id == name) : Again(known);
        return fresh is null ? null : WithDefaults(fresh);
    }

    /// <summary>Reads a model's folder again, or for the first time if it has come since the start; null if there is no such model.</summary>
    public CatalogModel? Refresh(string name)
    {
        lock (_gate)
        {
            if (Read(name) is not { } model)
            {
                return null;
            }

            _models = [.. _models.Where(other => other.Id != model.Id).Append(model).OrderBy(other => other.IsDefault ? 0 : 1)];
            return model;
        }
    }

    private static ModelCatalog Checked(string root, CatalogReader reader, ModelsOptions options, IReadOnlyList<CatalogModel> models)
    {
        string[] problems =
        [
            .. models.GroupBy(model => model.Id).Where(group => group.Count() > 1).Select(group => $"{group.Count()} models have the id '{group.Key}'"),
            .. models.Count == 0 ? ["there is no model: no subfolder has a pack.json, a config.json and a folder onnx, a model_index.json, or a model.onnx"] : Array.Empty<string>(),
            .. models.Count > 0 && models.All(model => model.Pack is null) ? models.Select(model => $"{model.Folder}: {model.Problem}") : [],
            .. models.Count > 0 ? ModelCatalogSettings.Problems(options, models) : [],
        ];
        return problems.Length == 0 ? new ModelCatalog(reader, options, models) : throw new ModelPackException(root, problems);
    }

    private CatalogModel Again(CatalogModel known)
    {
        var fresh = _reader.Read(known.Folder);
        return fresh.Id == known.Id
            ? fresh
            : fresh with { Id = known.Id, Pack = null, Problem = fresh.Problem ?? $"the folder now holds a model with the id '{fresh.Id}'", Settings = known.Settings };
    }

    private CatalogModel WithDefaults(CatalogModel model) => model with
    {
        IsDefault = model.Id == _firstId,
        DefaultTasks = ModelCatalogSettings.DefaultTasks(_options, model.Id, _firstId),
        NamedTasks = ModelCatalogSettings.NamedTasks(_options, model.Id),
    };
}
