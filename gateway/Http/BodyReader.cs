using System.Text.Json;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http;

/// <summary>Reads a body as one JSON object. How large it may be is a policy of all endpoints.</summary>
internal static class BodyReader
{
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="SensoriumException">JSON, but not an object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw SensoriumException.Invalid(ErrorReasons.MalformedRequest, "The body must be a JSON object.");
    }
}
