using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Text.Preprocessing;

/// <summary>Reads no more of a text than the model could use.</summary>
internal static class TextContent
{
    private const int LongestCharacter = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, and whether there is more of it. Throws EMPTY_MEDIA, or UNDECODABLE_MEDIA if it is not UTF-8.</summary>
    public static async Task<(string Text, bool Cut)> ReadAsync(IMediaContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.SizeBytes == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.EmptyMedia, "The text is empty.");
        }

        var buffer = new byte[Math.Min(content.SizeBytes, maxBytes + LongestCharacter)];
        await using var stream = content.OpenRead();
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var cut = content.SizeBytes > length;
        return (Decode(buffer.AsSpan(0, cut ? WholeCharacters(buffer.AsSpan(0, length)) : length)), cut);
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw SensoriumException.Invalid(ErrorReasons.UndecodableMedia, $"The text is not UTF-8: byte {error.Index} fits no character.", inner: error);
        }
    }

    // The character at the cut may be there in part.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes.Length - end < LongestCharacter && (bytes[end - 1] & 0xC0) == 0x80)
        {
            end--;
        }

        return end > 0 && bytes[end - 1] >= 0xC0 ? end - 1 : bytes.Length;
    }
}
