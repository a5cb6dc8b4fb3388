namespace Sensorium.Hosting.Grpc.Mapping;

public static class RequestIds
{
    /// <summary>The caller's id, or a new one that sorts by time.</summary>
    public static string OrNew(string requestId) => requestId.Length == 0 ? Guid.CreateVersion7().ToString("N") : requestId;
}
