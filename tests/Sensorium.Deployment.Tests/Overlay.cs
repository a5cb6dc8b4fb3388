using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Sensorium.Deployment.Tests.Kustomize;
using Sensorium.Deployment.Tests.Monitoring;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>The objects of an overlay as a cluster gets them, read so that an unknown or misplaced field is an error.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Overlay> Read = new();

    private Overlay(IEnumerable<JsonObject> objects) =>
        Objects = [.. objects.SelectMany(item => KubernetesYaml.LoadAllFromString(item.ToJsonString(), CustomResources.Types, strict: true))];

    /// <summary>The base, every overlay, and the components on top of one that they fit.</summary>
    public static TheoryData<string> Names =>
    [
        "k8s/base",
        .. Kustomization.Folders.Where(folder => folder.StartsWith("k8s/overlays/", StringComparison.Ordinal)),
        "k8s/overlays/nvidia k8s/components/models-pull",
        "k8s/overlays/nvidia k8s/components/hpa",
        "k8s/overlays/nvidia k8s/components/keda",
        "k8s/overlays/nvidia k8s/components/mtls",
        "k8s/overlays/cpu k8s/components/models-volume",
        "k8s/overlays/cpu k8s/components/collections",
        "k8s/overlays/cpu k8s/components/key-files",
        "k8s/overlays/mtls k8s/components/key-files",
        "k8s/overlays/cpu k8s/components/image-generation k8s/components/models-volume",
        "k8s/overlays/cpu k8s/components/image-generation k8s/components/models-pull k8s/components/key-files",
        "k8s/overlays/mtls k8s/components/image-generation k8s/components/image-generation-mtls k8s/components/models-volume",
    ];

    public IReadOnlyList<object> Objects { get; }

    public IReadOnlyList<V1Deployment> Deployments => [.. Objects.OfType<V1Deployment>()];

    /// <param name="name">A folder, and those of components, with spaces between.</param>
    public static Overlay Named(string name) => Read.GetOrAdd(name, static folders => new Overlay(KustomizeBuild.Objects(folders.Split(' ')[0], folders.Split(' ')[1..])));

    public V1PodSpec Pod(string name) => Deployments.Single(item => item.Metadata.Name == name).Spec.Template.Spec;

    public IReadOnlyDictionary<string, string> Settings => Objects.OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "sensorium").Data.AsReadOnly();
}
