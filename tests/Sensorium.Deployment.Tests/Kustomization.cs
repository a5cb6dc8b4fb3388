using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sensorium.Deployment.Tests;

/// <summary>The fields of a kustomization that are used here; any other is an error.</summary>
internal sealed class Kustomization
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public List<string> Resources { get; set; } = [];

    public List<Image> Images { get; set; } = [];

    public static Kustomization Read() => new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build()
        .Deserialize<Kustomization>(File.ReadAllText(SourceTree.PathOf($"{Manifests.Folder}/kustomization.yaml")));

    internal sealed class Image
    {
        public string Name { get; set; } = "";

        public string NewTag { get; set; } = "";
    }
}
