using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http;

/// <summary>Reads a body as one JSON object. How large it may be is a policy of all endpoints.</summary>
internal static class BodyReader
{
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="SensoriumException">Nothing, or JSON, but not an object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        return request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? throw Empty()
            : Checked(await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted));
    }

    /// <summary>As <see cref="ReadAsync"/>, of bytes that must not change while the document is read.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => json.IsEmpty ? throw Empty() : Checked(JsonDocument.Parse(json));

    private static JsonDocument Checked(JsonDocument document)
    {
        try
        {
            Check(document.RootElement);
            return document;
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    private static void Check(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Malformed("The body must be a JSON object.");
        }

        // Only what is written as an escape can be half a surrogate pair; that is rare enough to look at every name.
        if (HasSurrogateEscape(JsonMarshal.GetRawUtf8Value(body)) && !HasGoodNames(body))
        {
            throw Malformed("The name of a member is not valid Unicode.");
        }
    }

    private static bool HasSurrogateEscape(ReadOnlySpan<byte> body) => body.IndexOf("\\ud"u8) >= 0 || body.IndexOf("\\uD"u8) >= 0;

    private static bool HasGoodNames(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name.Length >= 0 && HasGoodNames(member.Value)),
                JsonValueKind.Array => json.EnumerateArray().All(HasGoodNames),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static SensoriumException Empty() => Malformed("The body is empty; it must be a JSON object.");

    private static SensoriumException Malformed(string message) => SensoriumException.Invalid(ErrorReasons.MalformedRequest, message);
}
