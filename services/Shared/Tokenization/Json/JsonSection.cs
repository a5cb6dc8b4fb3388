using System.Text.Json;

namespace Sensorium.Tokenization.Json;

/// <summary>An element of a tokenizer file that knows its path, so that whatever is wrong in it can be named.</summary>
internal readonly struct JsonSection(JsonElement element, string path)
{
    public JsonElement Element { get; } = element;

    public string Path { get; } = path;

    /// <summary>The value of "type". Files before the field existed have none, so models may leave it out.</summary>
    public string? TypeOrNull => OptionalString("type");

    public string Type => TypeOrNull ?? throw Missing("type");

    public bool Has(string name) => Optional(name) is not null;

    /// <summary>A field that is there and not null.</summary>
    public JsonSection? Optional(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw new TokenizerFormatException($"{Path} must be an object");
        }

        return Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new JsonSection(value, Path.Length == 0 ? name : $"{Path}.{name}")
            : null;
    }

    public JsonSection Required(string name) => Optional(name) ?? throw Missing(name);

    public string AsString() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Wrong("a string");

    public int AsInt() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var value) ? value : throw Wrong("a whole number");

    public double AsDouble() => Element.ValueKind == JsonValueKind.Number ? Element.GetDouble() : throw Wrong("a number");

    public bool AsBool() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    public string? OptionalString(string name) => Optional(name)?.AsString();

    public string RequiredString(string name) => Required(name).AsString();

    public bool Bool(string name, bool otherwise) => Optional(name)?.AsBool() ?? otherwise;

    public int Int(string name, int otherwise) => Optional(name)?.AsInt() ?? otherwise;

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Optional(name) is not { } section
            ? otherwise
            : Enum.TryParse<T>(section.AsString(), ignoreCase: true, out var value)
                ? value
                : throw new TokenizerFormatException($"{section.Path} '{section.AsString()}' is not supported; {string.Join(", ", Enum.GetNames<T>())} are");

    public IEnumerable<JsonSection> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("a list");
        }

        var path = Path;
        return Element.EnumerateArray().Select((item, index) => new JsonSection(item, $"{path}[{index}]"));
    }

    public IEnumerable<(string Name, JsonSection Value)> Fields()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        var path = Path;
        return Element.EnumerateObject().Select(field => (field.Name, new JsonSection(field.Value, path)));
    }

    public TokenizerFormatException Unsupported(string what, string kind) => new($"{what} '{kind}' (at {Path}) is not supported");

    public TokenizerFormatException Wrong(string expected) => new($"{Path} must be {expected}");

    private TokenizerFormatException Missing(string name) => new($"{(Path.Length == 0 ? "" : $"{Path}.")}{name} is missing");
}
