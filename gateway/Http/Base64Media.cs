using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Http;

/// <summary>Media in base64, decoded from the bytes of the JSON that they stand in: as a string they would take twice as much memory on the way.</summary>
internal static class Base64Media
{
    private static ReadOnlySpan<byte> Scheme => "data:"u8;

    private static ReadOnlySpan<byte> Mark => ";base64"u8;

    /// <summary>Null for what is no data: URI in base64, and for one that is not plainly written, which can be read as a string.</summary>
    public static DataSource? OfUri(JsonElement value)
    {
        var uri = TextOf(value);
        var comma = uri.IndexOf((byte)',');
        if (comma < Scheme.Length + Mark.Length || !Ascii.EqualsIgnoreCase(uri[..Scheme.Length], Scheme) || !Ascii.EqualsIgnoreCase(uri[(comma - Mark.Length)..comma], Mark))
        {
            return null;
        }

        var type = uri[Scheme.Length..(comma - Mark.Length)];
        return type.Contains((byte)'\\') ? null : Decode(uri[(comma + 1)..], type.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(type));
    }

    /// <summary>Null for what is no base64, and for what is not plainly written.</summary>
    public static DataSource? OfBase64(JsonElement value) => Decode(TextOf(value), null);

    // Escapes and the other alphabet are not decoded here.
    private static DataSource? Decode(ReadOnlySpan<byte> text, string? mediaType)
    {
        var data = GC.AllocateUninitializedArray<byte>(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        return text.Length > 0 && Base64.DecodeFromUtf8(text, data, out var read, out var written) == OperationStatus.Done && read == text.Length
            ? new DataSource(data.AsMemory(0, written), mediaType)
            : null;
    }

    private static ReadOnlySpan<byte> TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(value)[1..^1] : default;
}
