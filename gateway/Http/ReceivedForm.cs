using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Gateway.Http;

/// <summary>The fields of a form. "name[]" is the name of a field that can come several times.</summary>
/// <param name="file">Name of the field that is a file.</param>
internal sealed class ReceivedForm(string file = "file")
{
    private const string Several = "[]";

    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    /// <summary>Null if none came.</summary>
    public FormFile? File { get; private set; }

    public void Add(FormFile content) => File = File is null ? content : throw BodyErrors.Wrong(file, "is there twice");

    public void Add(string name, string value)
    {
        name = name.EndsWith(Several, StringComparison.Ordinal) ? name[..^Several.Length] : name;
        if (!_fields.TryGetValue(name, out var values))
        {
            _fields[name] = values = [];
        }

        values.Add(value);
    }

    public IReadOnlyList<string> All(string name) => _fields.GetValueOrDefault(name) ?? [];

    /// <summary>Null if it is missing or empty.</summary>
    public string? Find(string name) => All(name) switch
    {
        [] or [""] => null,
        [var one] => one,
        _ => throw BodyErrors.Wrong(name, "is there twice"),
    };

    public bool Flag(string name) => Find(name) switch
    {
        null or "false" or "False" => false,
        "true" or "True" => true,
        _ => throw BodyErrors.Wrong(name, "must be true or false"),
    };

    /// <summary>As a body in JSON would say it.</summary>
    /// <param name="texts">Names of fields that are strings, whatever they look like.</param>
    public JsonElement AsJson(params string[] texts)
    {
        var values = new JsonObject();
        foreach (var (name, given) in _fields)
        {
            values[name] = given is not [var one] ? new JsonArray([.. given.Select(ToJson)]) : texts.Contains(name) ? JsonValue.Create(one) : ToJson(one);
        }

        return JsonSerializer.SerializeToElement(values);
    }

    private static JsonNode ToJson(string value) => value switch
    {
        "true" or "false" => JsonValue.Create(value == "true"),
        _ when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(value),
    };
}
