using System.Text.Unicode;

namespace Sensorium.Core.Errors;

/// <summary>
/// What errors say, bounded: what a caller made up does not come back whole. Over gRPC it travels twice in headers, of which some clients
/// take 8 KiB, and three bytes stand for one there that is not ASCII.
/// </summary>
internal static class ErrorText
{
    // Bytes in UTF-8.
    private const int Most = 1_400;
    private const int Head = 800;

    // Characters, of three bytes at most. What there is in place of what was asked for stands at the end.
    private const int Tail = 180;

    /// <summary>The text, without its middle if it is too long.</summary>
    public static string Bound(string text)
    {
        if (text.Length * 3L <= Most || System.Text.Encoding.UTF8.GetByteCount(text) <= Most)
        {
            return text;
        }

        Utf8.FromUtf16(text, stackalloc byte[Head], out var head, out _);
        var tail = char.IsLowSurrogate(text[^Tail]) ? Tail - 1 : Tail;
        return $"{text.AsSpan(0, head)}…{text.AsSpan(text.Length - tail)}";
    }
}
