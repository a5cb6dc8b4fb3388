using Microsoft.Extensions.VectorData;

namespace Sensorium.Client.VectorData;

/// <summary>Records that are dictionaries.</summary>
internal static class DynamicRecords
{
    public static RecordModel<Dictionary<string, object?>> Of(VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return RecordModel<Dictionary<string, object?>>.Of(definition.Properties, Open, () => []);
    }

    private static RecordProperty<Dictionary<string, object?>> Open(VectorStoreProperty defined) => new(
        defined.Name,
        defined.StorageName ?? defined.Name,
        defined.Type ?? throw new NotSupportedException($"{defined.Name} must have a type."),
        record => record.GetValueOrDefault(defined.Name),
        (record, value) => record[defined.Name] = value);
}
