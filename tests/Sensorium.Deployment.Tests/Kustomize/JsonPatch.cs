using System.Globalization;
using System.Text.Json.Nodes;

namespace Sensorium.Deployment.Tests.Kustomize;

/// <summary>add, replace, remove and test of RFC 6902. What they name has to be there, as kustomize asks.</summary>
internal static class JsonPatch
{
    public static void Apply(JsonObject item, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            var path = operation!["path"]!.GetValue<string>().Split('/')[1..].Select(Unescape).ToArray();
            var parent = path[..^1].Aggregate((JsonNode)item, (node, key) => Child(node, key) ?? throw Missing(operation));
            Apply(parent, path[^1], operation);
        }
    }

    private static void Apply(JsonNode parent, string key, JsonNode operation)
    {
        var kind = operation["op"]!.GetValue<string>();
        if (kind is "replace" or "remove" or "test")
        {
            _ = Child(parent, key) ?? throw Missing(operation);
        }

        var value = operation["value"]?.DeepClone();
        switch (kind, parent)
        {
            case ("add" or "replace", JsonObject map):
                map[key] = value;
                break;
            case ("remove", JsonObject map):
                map.Remove(key);
                break;
            case ("add", JsonArray list):
                list.Insert(key == "-" ? list.Count : Index(key), value);
                break;
            case ("replace", JsonArray list):
                list[Index(key)] = value;
                break;
            case ("remove", JsonArray list):
                list.RemoveAt(Index(key));
                break;
            case ("test", _) when JsonNode.DeepEquals(Child(parent, key), value):
                break;
            case ("test", _):
                throw new InvalidOperationException($"{Child(parent, key)} is not what {operation.ToJsonString()} expects.");
            default:
                throw new NotSupportedException($"{operation} is not an operation that is read here.");
        }
    }

    private static JsonNode? Child(JsonNode node, string key) => node is JsonArray list ? list[Index(key)] : node[key];

    private static int Index(string key) => int.Parse(key, CultureInfo.InvariantCulture);

    private static string Unescape(string key) => key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static InvalidOperationException Missing(JsonNode operation) => new($"There is nothing at the path of {operation.ToJsonString()}.");
}
