using Grpc.Core;
using Microsoft.Extensions.VectorData;
using Sensorium.V1;

namespace Sensorium.Client.VectorData;

/// <summary>Calls about collections, whose failures are those of Microsoft.Extensions.VectorData, with Sensorium's own within.</summary>
internal static class VectorStoreCalls
{
    public const string SystemName = "sensorium";

    public static async Task<T> RunAsync<T>(string? collection, string operation, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SensoriumCallException error)
        {
            throw Failure(collection, operation, error);
        }
    }

    public static VectorStoreException Failure(string? collection, string operation, SensoriumCallException error) => new(error.Message, error)
    {
        VectorStoreSystemName = SystemName,
        CollectionName = collection,
        OperationName = operation,
    };

    /// <summary>Null if there is none of this name.</summary>
    public static Task<Collection?> DescribeAsync(SensoriumClient client, string name, CancellationToken cancellationToken) =>
        FindAsync(client, name, "Describe", new CollectionsRequest { Describe = new DescribeCollection { Name = name } }, cancellationToken);

    public static Task DropAsync(SensoriumClient client, string name, CancellationToken cancellationToken) =>
        FindAsync(client, name, "Drop", new CollectionsRequest { Drop = new DropCollection { Name = name } }, cancellationToken);

    private static Task<Collection?> FindAsync(
        SensoriumClient client, string name, string operation, CollectionsRequest request, CancellationToken cancellationToken) => RunAsync<Collection?>(
        name,
        operation,
        async () =>
        {
            try
            {
                return (await client.CollectionsAsync(request, cancellationToken).ConfigureAwait(false)).Collections.Single();
            }
            catch (SensoriumCallException error) when (error.Code == StatusCode.NotFound)
            {
                return null;
            }
        });
}
