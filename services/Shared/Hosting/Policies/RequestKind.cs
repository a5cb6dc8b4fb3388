using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Policies;

internal static class RequestKind
{
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;

    /// <summary>The body is a sequence of messages, each dealt with before the next.</summary>
    public static bool IsSequence(HttpRequest request) =>
        IsGrpc(request) || request.ContentType?.StartsWith("application/connect+", StringComparison.Ordinal) == true;
}
