using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sensorium.Deployment.Tests.Kustomize;

/// <summary>The fields of a kustomization that are used here; any other is an error.</summary>
internal sealed class Kustomization
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public string? Namespace { get; set; }

    public List<string> Resources { get; set; } = [];

    public List<string> Components { get; set; } = [];

    public List<Generator> ConfigMapGenerator { get; set; } = [];

    public List<PatchEntry> Patches { get; set; } = [];

    public List<Image> Images { get; set; } = [];

    /// <summary>Every folder of k8s/ that has one, relative to the source tree.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        .. Directory.EnumerateFiles(SourceTree.PathOf("k8s"), "kustomization.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SourceTree.Root, Path.GetDirectoryName(path)!)).Order(StringComparer.Ordinal),
    ];

    public static Kustomization Read(string folder) => new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build()
        .Deserialize<Kustomization>(File.ReadAllText(SourceTree.PathOf($"{folder}/kustomization.yaml")));

    internal sealed class Image
    {
        public string Name { get; set; } = "";

        public string NewTag { get; set; } = "";
    }

    internal sealed class Generator
    {
        public string Name { get; set; } = "";

        public List<string> Files { get; set; } = [];

        public GeneratorOptions Options { get; set; } = new();
    }

    internal sealed class GeneratorOptions
    {
        /// <summary>A name that does not change with the content. The other way is not built here.</summary>
        public bool DisableNameSuffixHash { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];
    }

    internal sealed class PatchEntry
    {
        public PatchTarget Target { get; set; } = new();

        /// <summary>A list of JSON patch operations, or an object with "$patch: delete".</summary>
        public string Patch { get; set; } = "";
    }
}
