namespace Sensorium.Client.VectorData;

/// <summary>One property of a record, and how to get at it.</summary>
/// <param name="Name">In the record.</param>
/// <param name="StorageName">In the metadata of an item.</param>
internal sealed record RecordProperty<TRecord>(string Name, string StorageName, Type Type, Func<TRecord, object?> Get, Action<TRecord, object?> Set);
