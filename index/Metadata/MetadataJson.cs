using System.Text.Json;

namespace Sensorium.Index.Metadata;

/// <summary>Metadata as stores keep it.</summary>
internal static class MetadataJson
{
    public static string Write(ItemMetadata metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in metadata.Fields)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static ItemMetadata Read(string text)
    {
        if (text.Length <= 2)
        {
            return ItemMetadata.Empty;
        }

        using var json = JsonDocument.Parse(text);
        return ItemMetadata.Of(json.RootElement.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Read(field.Value))), "metadata");
    }

    private static void Write(Utf8JsonWriter json, MetadataValue value)
    {
        switch (value.Kind)
        {
            case MetadataKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case MetadataKind.Number:
                json.WriteNumberValue(value.Number);
                break;
            case MetadataKind.Boolean:
                json.WriteBooleanValue(value.Number != 0);
                break;
            default:
                json.WriteStartArray();
                foreach (var element in value.Elements)
                {
                    Write(json, element);
                }

                json.WriteEndArray();
                break;
        }
    }

    private static MetadataValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => MetadataValue.Of(json.GetString()!),
        JsonValueKind.Number => MetadataValue.Of(json.GetDouble()),
        JsonValueKind.Array => MetadataValue.Of([.. json.EnumerateArray().Select(Read)]),
        _ => MetadataValue.Of(json.ValueKind == JsonValueKind.True),
    };
}
