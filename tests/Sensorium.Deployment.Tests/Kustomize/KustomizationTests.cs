using System.Text.Json.Nodes;
using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests.Kustomize;

public sealed class KustomizationTests
{
    public static TheoryData<string> Folders => [.. Kustomization.Folders];

    /// <summary>Components are built with what they are used in.</summary>
    public static TheoryData<string> Whole => [.. Kustomization.Folders.Where(folder => Kustomization.Read(folder).Kind != "Component")];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lists_every_file_beside_it_and_no_other(string folder)
    {
        var kustomization = Kustomization.Read(folder);
        var root = SourceTree.PathOf(folder);
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path))
            .Where(path => Path.GetFileName(path) is not "kustomization.yaml" and not "README.md");

        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            kustomization.Resources.Where(path => !path.StartsWith("..", StringComparison.Ordinal))
                .Concat(kustomization.ConfigMapGenerator.SelectMany(map => map.Files)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Has_the_kind_that_kustomize_expects(string folder)
    {
        var kustomization = Kustomization.Read(folder);

        Assert.Equal(
            folder.StartsWith("k8s/components/", StringComparison.Ordinal)
                ? ("kustomize.config.k8s.io/v1alpha1", "Component")
                : ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
            (kustomization.ApiVersion, kustomization.Kind));
    }

    [Fact]
    public void Pins_the_tag_of_every_image()
    {
        var used = Manifests.Objects.OfType<V1Deployment>().SelectMany(item => item.Spec.Template.Spec.Containers).Select(item => item.Image);
        var images = Kustomization.Read(Manifests.Folder).Images;

        Assert.Equal(used.Order(), images.Select(image => image.Name).Order());
        Assert.All(images, image => Assert.NotEmpty(image.NewTag));
    }

    /// <summary>The builder of these tests is right about what it builds.</summary>
    [Theory]
    [MemberData(nameof(Whole))]
    public void Is_built_by_kubectl_to_the_same(string folder)
    {
        Assert.SkipUnless(Kubectl.Knows, "There is no kubectl of 1.21 or later on this machine.");

        var (ours, theirs) = (Sorted(KustomizeBuild.Objects(folder)), Sorted(Kubectl.Kustomize(folder)));

        Assert.Equal(theirs.Keys, ours.Keys);
        Assert.All(theirs, item => Assert.True(JsonNode.DeepEquals(item.Value, ours[item.Key]), $"{item.Key}:\n{item.Value}\n{ours[item.Key]}"));
    }

    /// <summary>What a component brings has no namespace of its own; left without one, an autoscaler would look for its Deployment in another.</summary>
    [Theory]
    [MemberData(nameof(Whole))]
    public void Everything_of_an_overlay_is_in_one_namespace(string folder)
    {
        var namespaces = KustomizeBuild.Objects(folder).Select(item => item["metadata"]!["namespace"]?.GetValue<string>()).Distinct();

        Assert.Equal(folder == Manifests.Folder ? null : Kustomization.Read(folder).Namespace, Assert.Single(namespaces));
    }

    [Fact]
    public void An_overlay_as_the_operators_page_writes_one_names_its_namespace_and_what_there_is()
    {
        var page = File.ReadAllText(SourceTree.PathOf("docs/operating.md"));
        var example = YamlNodes.Parse(page.Split("```yaml\n")[1].Split("```")[0]).Single();

        Assert.Equal("sensorium", example["namespace"]?.GetValue<string>());
        Assert.All(
            example["resources"]!.AsArray().Concat(example["components"]!.AsArray()).Select(path => path!.GetValue<string>()),
            path => Assert.Contains(path["../sensorium/".Length..], Kustomization.Folders));
    }

    [Fact]
    public void Unknown_fields_would_be_noticed()
    {
        const string Misspelt = "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  clusterIp: None\n";

        Assert.ThrowsAny<Exception>(() => k8s.KubernetesYaml.LoadAllFromString(Misspelt, strict: true));
    }

    private static SortedDictionary<string, JsonObject> Sorted(List<JsonObject> objects) =>
        new(objects.ToDictionary(item => $"{item["apiVersion"]} {item["kind"]} {item["metadata"]!["name"]}"), StringComparer.Ordinal);
}
