namespace Sensorium.Client.VectorData;

/// <summary>What collections are made with that are not there yet.</summary>
public sealed class SensoriumVectorStoreOptions
{
    /// <summary>The model that encodes what is put in and what is searched for: id, alias or "id@revision"; null for the default model.</summary>
    public string? ModelId { get; init; }

    /// <summary>The space of records that bring their vectors. Vectors compare only within one space.</summary>
    public string SpaceId { get; init; } = "own";
}
