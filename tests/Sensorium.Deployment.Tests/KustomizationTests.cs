using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests;

public sealed class KustomizationTests
{
    [Fact]
    public void Lists_every_manifest_and_no_other_file() =>
        Assert.Equal(Manifests.Files, Kustomization.Read().Resources.Order(StringComparer.Ordinal));

    [Fact]
    public void Has_the_kind_that_kustomize_expects()
    {
        var kustomization = Kustomization.Read();

        Assert.Equal(("kustomize.config.k8s.io/v1beta1", "Kustomization"), (kustomization.ApiVersion, kustomization.Kind));
    }

    [Fact]
    public void Pins_the_tag_of_every_image()
    {
        var used = Manifests.Objects.OfType<V1Deployment>().SelectMany(item => item.Spec.Template.Spec.Containers).Select(item => item.Image);
        var images = Kustomization.Read().Images;

        Assert.Equal(used.Order(), images.Select(image => image.Name).Order());
        Assert.All(images, image => Assert.NotEmpty(image.NewTag));
    }

    [Fact]
    public void Unknown_fields_would_be_noticed()
    {
        const string Misspelt = "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  clusterIp: None\n";

        Assert.ThrowsAny<Exception>(() => k8s.KubernetesYaml.LoadAllFromString(Misspelt, strict: true));
    }
}
