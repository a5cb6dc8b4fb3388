using System.Text.Json.Nodes;

namespace Sensorium.Deployment.Tests.Kustomize;

/// <summary>What "kubectl kustomize FOLDER" gives, for the fields that are used here, where there is no kubectl.</summary>
internal static class KustomizeBuild
{
    /// <param name="folder">Relative to the source tree.</param>
    public static List<JsonObject> Objects(string folder, params string[] components)
    {
        var kustomization = Kustomization.Read(folder);
        List<JsonObject> objects = [.. kustomization.Resources.SelectMany(resource => Load(folder, resource)), .. kustomization.ConfigMapGenerator.Select(map => Generate(folder, map))];
        foreach (var component in kustomization.Components.Select(path => $"{folder}/{path}").Concat(components))
        {
            var inner = Kustomization.Read(component);
            objects.AddRange(inner.Resources.SelectMany(resource => Load(component, resource)));
            Transform(inner, objects);
        }

        Transform(kustomization, objects);
        return objects;
    }

    private static IEnumerable<JsonObject> Load(string folder, string resource)
    {
        var path = Path.Combine(SourceTree.PathOf(folder), resource);
        return Directory.Exists(path)
            ? Objects(Path.GetRelativePath(SourceTree.Root, path))
            : YamlNodes.Parse(File.ReadAllText(path)).Cast<JsonObject>();
    }

    private static JsonObject Generate(string folder, Kustomization.Generator map) => map.Options.DisableNameSuffixHash
        ? new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = map.Name,
                ["labels"] = new JsonObject(map.Options.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            },
            ["data"] = new JsonObject(map.Files.Select(file =>
                KeyValuePair.Create(Path.GetFileName(file), (JsonNode?)File.ReadAllText(Path.Combine(SourceTree.PathOf(folder), file))))),
        }
        : throw new NotSupportedException($"{map.Name} would get a name that changes with its content.");

    private static void Transform(Kustomization kustomization, List<JsonObject> objects)
    {
        foreach (var entry in kustomization.Patches)
        {
            Patch(entry, objects);
        }

        foreach (var item in objects.Where(_ => kustomization.Namespace is not null))
        {
            item["metadata"]!["namespace"] = kustomization.Namespace;
        }

        foreach (var image in kustomization.Images)
        {
            foreach (var container in objects.SelectMany(Containers).Where(container => Untagged(container) == image.Name))
            {
                container["image"] = $"{image.Name}:{image.NewTag}";
            }
        }
    }

    private static void Patch(Kustomization.PatchEntry entry, List<JsonObject> objects)
    {
        var targets = objects.Where(entry.Target.Includes).ToArray();
        switch (YamlNodes.Parse(entry.Patch).Single())
        {
            case JsonArray operations:
                Array.ForEach(targets, item => JsonPatch.Apply(item, operations));
                break;
            case JsonObject removal when removal["$patch"]?.GetValue<string>() == "delete":
                objects.RemoveAll(targets.Contains);
                break;
            default:
                throw new NotSupportedException($"This patch is not read here:\n{entry.Patch}");
        }
    }

    private static IEnumerable<JsonNode> Containers(JsonObject item) =>
        item["spec"]?["template"]?["spec"] is JsonObject pod
            ? new[] { pod["initContainers"], pod["containers"] }.OfType<JsonArray>().SelectMany(list => list).OfType<JsonNode>()
            : [];

    private static string Untagged(JsonNode container) => container["image"]!.GetValue<string>().Split(':')[0];
}
