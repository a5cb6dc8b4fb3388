using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Sensorium.Clients.UnitTests;

/// <summary>A record whose medium a collection encodes.</summary>
public sealed class Photo
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData(StorageName = "year")]
    public int Year { get; set; }

    [VectorStoreData]
    public string? Place { get; set; }

    [VectorStoreData]
    public bool Public { get; set; }

    [VectorStoreData]
    public double? Rating { get; set; }

    [VectorStoreData]
    public List<string>? Tags { get; set; }

    [VectorStoreVector(256)]
    public DataContent? Picture { get; set; }

    public string? NotKept { get; set; }
}
