using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Policies;

internal static class RequestKind
{
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
}
