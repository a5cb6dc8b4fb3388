using System.Globalization;

namespace Sensorium.Tokenization.Models;

/// <summary>Tokens that stand for a byte, written as &lt;0xE2&gt;.</summary>
internal static class ByteTokens
{
    /// <summary>The id of each byte's token; negative for those without.</summary>
    public static int[] Find(IReadOnlyDictionary<string, int> vocabulary) =>
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => vocabulary.TryGetValue($"<0x{value:X2}>", out var id) ? id : -1)];

    public static byte? TryRead(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
