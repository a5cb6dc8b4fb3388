using System.Reflection;
using Microsoft.Extensions.VectorData;

namespace Sensorium.Client.VectorData;

/// <summary>What of a record is the item's id, what its metadata, and what is encoded of it.</summary>
/// <param name="Vector">A vector, or a medium that the collection's model encodes.</param>
/// <param name="Dimensions">Of the vector.</param>
internal sealed record RecordModel<TRecord>(
    RecordProperty<TRecord> Key, IReadOnlyList<RecordProperty<TRecord>> Data, RecordProperty<TRecord> Vector, int Dimensions, Func<TRecord> Create)
{
    /// <summary>By the definition, or the attributes of the type's properties.</summary>
    /// <exception cref="NotSupportedException">There is not one key that is a string, or not one vector.</exception>
    public static RecordModel<TRecord> OfType(VectorStoreCollectionDefinition? definition)
    {
        var properties = typeof(TRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var defined = definition?.Properties ?? [.. properties.Select(DefinitionOf).OfType<VectorStoreProperty>()];
        return Of(defined, one => PropertyOf(one, properties), Activator.CreateInstance<TRecord>);
    }

    /// <param name="defined">All that count.</param>
    /// <param name="open">How to get at one.</param>
    /// <param name="create">An empty record.</param>
    public static RecordModel<TRecord> Of(IList<VectorStoreProperty> defined, Func<VectorStoreProperty, RecordProperty<TRecord>> open, Func<TRecord> create)
    {
        var vector = OnlyOne(defined.OfType<VectorStoreVectorProperty>(), "vector");
        CheckDistance(vector);
        var key = open(OnlyOne(defined.OfType<VectorStoreKeyProperty>(), "key"));
        if (key.Type != typeof(string))
        {
            throw new NotSupportedException($"The key {key.Name} is a {key.Type.Name}; ids of items are strings.");
        }

        RecordProperty<TRecord>[] data = [.. defined.OfType<VectorStoreDataProperty>().Select(open)];
        if (Array.Find(data, one => !MetadataValues.IsSupported(one.Type)) is { } wrong)
        {
            throw new NotSupportedException($"{wrong.Name} is a {wrong.Type.Name}; metadata are strings, numbers, booleans, and lists of them.");
        }

        return new RecordModel<TRecord>(key, data, open(vector), vector.Dimensions, create);
    }

    private static void CheckDistance(VectorStoreVectorProperty vector)
    {
        if (vector.DistanceFunction is not (null or DistanceFunction.CosineSimilarity))
        {
            throw new NotSupportedException($"{vector.Name} asks for {vector.DistanceFunction}; collections compare by {DistanceFunction.CosineSimilarity}.");
        }
    }

    private static T OnlyOne<T>(IEnumerable<T> properties, string kind) => properties.Take(2).ToArray() is [var one]
        ? one
        : throw new NotSupportedException($"{typeof(TRecord).Name} must have one {kind} property.");

    private static VectorStoreProperty? DefinitionOf(PropertyInfo property)
    {
        if (property.GetCustomAttribute<VectorStoreKeyAttribute>() is not null)
        {
            return new VectorStoreKeyProperty(property.Name, property.PropertyType);
        }

        if (property.GetCustomAttribute<VectorStoreVectorAttribute>() is { } vector)
        {
            return new VectorStoreVectorProperty(property.Name, property.PropertyType, vector.Dimensions) { DistanceFunction = vector.DistanceFunction };
        }

        return property.GetCustomAttribute<VectorStoreDataAttribute>() is { } data
            ? new VectorStoreDataProperty(property.Name, property.PropertyType) { StorageName = data.StorageName }
            : null;
    }

    private static RecordProperty<TRecord> PropertyOf(VectorStoreProperty defined, PropertyInfo[] properties)
    {
        var property = Array.Find(properties, one => one.Name == defined.Name)
            ?? throw new NotSupportedException($"{typeof(TRecord).Name} has no property {defined.Name}.");
        return new RecordProperty<TRecord>(
            property.Name, defined.StorageName ?? property.Name, property.PropertyType, record => property.GetValue(record), (record, value) => property.SetValue(record, value));
    }
}
