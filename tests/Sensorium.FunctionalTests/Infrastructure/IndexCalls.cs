using Grpc.Core;

namespace Sensorium.FunctionalTests.Infrastructure;

internal static class IndexCalls
{
    /// <summary>Sends everything, then reads everything that is answered.</summary>
    public static async Task<List<V1.IndexResponse>> IndexAllAsync(
        this V1.SensoriumService.SensoriumServiceClient client, V1.IndexHeader header, params IEnumerable<V1.IndexItem> items)
    {
        using var call = client.Index();
        await call.RequestStream.WriteAsync(new V1.IndexRequest { Header = header });
        foreach (var item in items)
        {
            await call.RequestStream.WriteAsync(new V1.IndexRequest { Item = item });
        }

        await call.RequestStream.CompleteAsync();
        var events = new List<V1.IndexResponse>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response);
        }

        return events;
    }
}
