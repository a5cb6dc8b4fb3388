using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>How messages are written: as JSON, or as protobuf does.</summary>
/// <param name="ContentType">Of the request, and so of the answer.</param>
internal sealed record ConnectCodec(string ContentType, bool AsJson)
{
    public static readonly string[] Unary = ["application/json", "application/proto"];

    public static readonly string[] Streams = ["application/connect+json", "application/connect+proto"];

    // Half a character is a fault of the caller's, not a question mark.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Routing lets in none but the types above.</summary>
    public static ConnectCodec Of(HttpRequest request)
    {
        var type = request.ContentType!.Split(';')[0].Trim().ToLowerInvariant();
        return new ConnectCodec(type, type.EndsWith("json", StringComparison.Ordinal));
    }

    /// <summary>The body of a call that is no stream.</summary>
    /// <exception cref="SensoriumException">UNSUPPORTED_ENCODING: it is compressed.</exception>
    public static async Task<byte[]> ReadAllAsync(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
        {
            throw new SensoriumException(
                ErrorCode.Unimplemented, ErrorReasons.UnsupportedEncoding, $"Content-Encoding is \"{encoding}\"; only identity is understood here.");
        }

        using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, 64 << 10));
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    /// <exception cref="SensoriumException">MALFORMED_REQUEST: what was sent is no such message.</exception>
    public TMessage Read<TMessage>(Marshaller<TMessage> marshaller, byte[] body)
        where TMessage : class
    {
        try
        {
            return AsJson ? ReadJson<TMessage>(body) : marshaller.ContextualDeserializer(new ConnectDeserialization(body));
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException or ArgumentException)
        {
            throw SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The request cannot be read: {error.Message}", inner: error);
        }
    }

    public byte[] Write<TMessage>(Marshaller<TMessage> marshaller, TMessage message)
    {
        if (AsJson)
        {
            return Utf8.GetBytes(JsonFormatter.Default.Format((IMessage)(object)message!));
        }

        var written = new ConnectSerialization();
        marshaller.ContextualSerializer(message, written);
        return written.Payload;
    }

    private static TMessage ReadJson<TMessage>(byte[] body)
        where TMessage : class =>
        (TMessage)JsonParser.Default.Parse(body.Length == 0 ? "{}" : Utf8.GetString(body), Descriptor<TMessage>.Value);

    private static class Descriptor<TMessage>
        where TMessage : class
    {
        public static readonly MessageDescriptor Value = ((IMessage)Activator.CreateInstance<TMessage>()).Descriptor;
    }
}
