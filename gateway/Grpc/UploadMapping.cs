using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Grpc;

internal static class UploadMapping
{
    public static UploadAnnouncement ToDomain(this V1.UploadHeader header) =>
        new(NullIfEmpty(header.MediaType), header.SizeBytes, NullIfEmpty(header.Sha256));

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
