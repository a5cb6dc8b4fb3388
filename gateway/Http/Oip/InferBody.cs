using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>A request as it came: JSON, and behind it the bytes of tensors that it announces.</summary>
internal sealed class InferBody(JsonDocument json, ReadOnlyMemory<byte> rest) : IDisposable
{
    /// <summary>How many bytes the JSON has, where others follow it.</summary>
    public const string LengthHeader = "Inference-Header-Content-Length";

    private ReadOnlyMemory<byte> _rest = rest;

    public JsonElement Json => json.RootElement;

    /// <exception cref="SensoriumException">MALFORMED_REQUEST: no JSON object, or not as long as its header says.</exception>
    public static async Task<InferBody> ReadAsync(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
        {
            throw SensoriumException.Invalid(
                ErrorReasons.MalformedRequest, $"Content-Encoding is \"{encoding}\"; bodies are read as they are.", "Content-Encoding");
        }

        using var buffer = new MemoryStream(request.ContentLength is { } length and < int.MaxValue ? (int)length : 0);
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var header = LengthOf(request, bytes.Length);
        return new InferBody(BodyReader.Parse(bytes[..header]), bytes[header..]);
    }

    /// <summary>The next bytes behind the JSON.</summary>
    /// <exception cref="SensoriumException">INVALID_TENSOR: there are not so many.</exception>
    public ReadOnlyMemory<byte> Take(int size, string field)
    {
        if (size > _rest.Length)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"{field} is {size}, and {_rest.Length} bytes are left behind the JSON.", field);
        }

        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }

    /// <exception cref="SensoriumException">MALFORMED_REQUEST: bytes are left that no tensor has announced.</exception>
    public void RequireAllTaken()
    {
        if (_rest.Length > 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"{_rest.Length} bytes are left behind the JSON that no input announces with binary_data_size.");
        }
    }

    public void Dispose() => json.Dispose();

    private static int LengthOf(HttpRequest request, int whole)
    {
        var header = request.Headers[LengthHeader].ToString();
        if (header.Length == 0)
        {
            return whole;
        }

        return int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= whole
            ? length
            : throw SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"{LengthHeader} is \"{header}\"; it must be a number of bytes, of the {whole} in the body.", LengthHeader);
    }
}
