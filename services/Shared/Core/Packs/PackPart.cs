namespace Sensorium.Core.Packs;

/// <summary>One folder of a pack: Hugging Face configuration files, and graphs under "onnx/", unless they lie elsewhere.</summary>
public abstract class PackPart
{
    // Of "model.onnx_data" and "model.onnx.data".
    private const string DataNames = "data";

    // Of what the diffusers library writes.
    private const string WeightNames = ".pb";

    private readonly ModelFiles _files;
    private readonly string _folder;
    private readonly string _graphFolder;

    private protected PackPart(ModelFiles files, string folder, string graphFolder = "onnx")
    {
        _files = files;
        _folder = folder;
        _graphFolder = graphFolder;
    }

    /// <summary>Absolute path.</summary>
    public string Folder => _files.FullPath(_folder);

    /// <summary>Names of the graphs that it may run, without their endings.</summary>
    public abstract IEnumerable<string> Graphs { get; }

    /// <summary>Absolute path of a file as "tokenizer.json"; null if it is not there.</summary>
    public string? FindFile(string name)
    {
        var path = PathOf(name);
        return _files.Contains(path) ? _files.FullPath(path) : null;
    }

    /// <summary>Absolute path of a file that the part cannot do without. Throws <see cref="ModelPackException"/>.</summary>
    public string GetFile(string name) =>
        FindFile(name) ?? throw new ModelPackException(_files.Root, [$"'{PathOf(name)}' is needed but not there"]);

    /// <summary>Variants in which a graph is there, as <see cref="ModelVariants"/> names them.</summary>
    public IReadOnlyList<string> VariantsOf(string graph) =>
        [.. ModelVariants.All.Where(variant => _files.Contains(PathOf(graph, variant)))];

    /// <summary>A graph in a variant. Throws <see cref="ModelPackException"/> that says which variants there are.</summary>
    public ModelFile GetGraph(string graph, string variant)
    {
        var path = PathOf(graph, variant);
        if (!_files.Contains(path))
        {
            var others = string.Join(", ", VariantsOf(graph));
            throw new ModelPackException(
                _files.Root, [$"there is no '{path}' for variant '{variant}'; variants of '{graph}': {(others.Length == 0 ? "none" : others)}"]);
        }

        var external = ExternalData(path).ToArray();
        return new ModelFile(_files.FullPath(path), graph, variant, [_files.Digest(path), .. external.Select(_files.Digest)])
        {
            ExternalData = [.. external.Select(_files.FullPath)],
        };
    }

    // A graph names its external data by file name, so data that several graphs of the folder do not share is left out
    // of their revisions without parsing the graph.
    private IEnumerable<string> ExternalData(string graphPath)
    {
        var folder = graphPath.LastIndexOf('/') is var at and >= 0 ? graphPath[..at] : "";
        string[] candidates = [.. _files.InFolder(folder, DataNames), .. _files.InFolder(folder, WeightNames)];
        if (candidates.Length == 0)
        {
            return [];
        }

        var graph = File.ReadAllBytes(_files.FullPath(graphPath));
        return candidates.Where(path => graph.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path))) >= 0);
    }

    // An export's only part is the folder itself.
    private string PathOf(string name) => _folder.Length == 0 ? name : $"{_folder}/{name}";

    private string PathOf(string graph, string variant) =>
        PathOf(_graphFolder.Length == 0 ? ModelVariants.FileName(graph, variant) : $"{_graphFolder}/{ModelVariants.FileName(graph, variant)}");
}
