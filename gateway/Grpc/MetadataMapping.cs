using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.Grpc;

internal static class MetadataMapping
{
    /// <exception cref="SensoriumException">INVALID_METADATA, naming the field.</exception>
    public static ItemMetadata ToMetadata(this Struct? fields, string path) => fields is null || fields.Fields.Count == 0
        ? ItemMetadata.Empty
        : ItemMetadata.Of(
            fields.Fields
                .Where(field => field.Value.KindCase != Value.KindOneofCase.NullValue)
                .Select(field => KeyValuePair.Create(field.Key, ToDomain(field.Value, $"{path}.{field.Key}"))),
            path);

    public static Struct ToProto(this ItemMetadata metadata)
    {
        var fields = new Struct();
        foreach (var (name, value) in metadata.Fields)
        {
            fields.Fields[name] = ToProto(value);
        }

        return fields;
    }

    private static MetadataValue ToDomain(Value value, string field) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => MetadataValue.Of(value.StringValue),
        Value.KindOneofCase.NumberValue => MetadataValue.Of(value.NumberValue),
        Value.KindOneofCase.BoolValue => MetadataValue.Of(value.BoolValue),
        Value.KindOneofCase.ListValue => MetadataValue.Of([.. value.ListValue.Values.Select((element, i) => ToDomain(element, $"{field}[{i}]"))]),
        Value.KindOneofCase.StructValue => throw ItemMetadata.Invalid(field, "is an object; a value is a string, a number, a boolean or a list of such"),
        _ => throw ItemMetadata.Invalid(field, "has no value"),
    };

    private static Value ToProto(MetadataValue value) => value.Kind switch
    {
        MetadataKind.Text => Value.ForString(value.Text),
        MetadataKind.Number => Value.ForNumber(value.Number),
        MetadataKind.Boolean => Value.ForBool(value.Number != 0),
        _ => Value.ForList([.. value.Elements.Select(ToProto)]),
    };
}
