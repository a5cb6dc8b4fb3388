using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;

namespace Sensorium.Client.VectorData;

/// <summary>Records as items of a collection, and back.</summary>
internal static class RecordItems
{
    /// <param name="model">Of the record.</param>
    /// <param name="record">With its vector or medium.</param>
    /// <param name="spaceId">Of a vector.</param>
    public static IndexItem ToItem<TRecord>(this RecordModel<TRecord> model, TRecord record, string spaceId)
    {
        var item = new IndexItem { Id = IdOf(model.Key.Get(record)), Metadata = new Struct() };
        foreach (var property in model.Data)
        {
            if (property.Get(record) is { } value)
            {
                item.Metadata.Fields[property.StorageName] = MetadataValues.Write(value);
            }
        }

        var content = model.Vector.Get(record);
        if (Contents.ToVector(content) is { } vector)
        {
            item.Vectors = new Vectors { SpaceId = spaceId, Segments = { new Segment { Embedding = vector } } };
        }
        else
        {
            item.Media = Contents.ToMedia(content);
        }

        return item;
    }

    /// <summary>Without its vector.</summary>
    public static TRecord ToRecord<TRecord>(this RecordModel<TRecord> model, Item item)
    {
        var record = model.Create();
        model.Key.Set(record, item.Id);
        foreach (var property in model.Data)
        {
            if (item.Metadata?.Fields.TryGetValue(property.StorageName, out var value) == true)
            {
                property.Set(record, MetadataValues.Read(value, property.Type));
            }
        }

        return record;
    }

    public static string IdOf(object? key) => key as string ?? throw new NotSupportedException($"The key is {key ?? "null"}; ids of items are strings.");
}
