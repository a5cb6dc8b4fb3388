using System.Text.Json;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Reads a body as one JSON object, up to a limit.</summary>
internal static class BodyReader
{
    private const int BlockBytes = 64 << 10;

    /// <exception cref="SensoriumException">Over the limit (before it is read, where its length is announced), or not a JSON object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, long maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var block = new byte[BlockBytes];
        while (await request.Body.ReadAsync(block, request.HttpContext.RequestAborted) is var count and > 0)
        {
            if (body.Length + count > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            body.Write(block, 0, count);
        }

        return Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException exception)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"The body is not valid JSON: {exception.Message}", inner: exception);
        }

        throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "The body must be a JSON object.");
    }

    private static SensoriumException TooLarge(long maxBytes) => new(
        ErrorCode.ResourceExhausted, ErrorReasons.MessageTooLarge, $"The body is larger than the {maxBytes:N0} bytes that are allowed.");
}
