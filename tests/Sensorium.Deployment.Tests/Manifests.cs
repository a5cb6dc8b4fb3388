using k8s;
using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>The objects of k8s/base, read so that an unknown or misplaced field is an error.</summary>
internal static class Manifests
{
    public const string Folder = "k8s/base";

    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(SourceTree.PathOf(Folder), "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml").Order()!];

    public static IReadOnlyList<object> Objects { get; } = [.. Files.SelectMany(Read)];

    public static IReadOnlyDictionary<string, string> Settings =>
        Objects.OfType<V1ConfigMap>().Single().Data.AsReadOnly();

    public static V1Deployment Deployment(string name) => Objects.OfType<V1Deployment>().Single(item => item.Metadata.Name == name);

    public static V1Service Service(string name) => Objects.OfType<V1Service>().Single(item => item.Metadata.Name == name);

    public static V1Container Container(string name) => Assert.Single(Deployment(name).Spec.Template.Spec.Containers);

    public static List<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(SourceTree.PathOf($"{Folder}/{file}")), strict: true);
}
