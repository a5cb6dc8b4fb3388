namespace Sensorium.Gateway.Mcp.Resources;

/// <summary>The URIs of what agents can read. Names and ids in them are percent-encoded.</summary>
internal static class ResourceUris
{
    public const string Json = "application/json";
    public const string Collections = "sensorium://collections";
    public const string Collection = Collections + "/{name}";
    public const string Items = Collection + "/items{?filter,page}";
    public const string Item = Collection + "/items/{id}";
    public const string Medium = Item + "/content";

    public static string OfCollection(string name) => $"{Collections}/{Escape(name)}";

    public static string OfItems(string name, string? filter = null, string? page = null)
    {
        string[] query = [.. Parameter("filter", filter), .. Parameter("page", page)];
        return $"{OfCollection(name)}/items{(query.Length == 0 ? "" : "?" + string.Join('&', query))}";
    }

    public static string OfItem(string name, string id) => $"{OfCollection(name)}/items/{Escape(id)}";

    public static string OfMedium(string name, string id) => $"{OfItem(name, id)}/content";

    private static string[] Parameter(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [$"{name}={Escape(value)}"];

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
