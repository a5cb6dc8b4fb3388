namespace Sensorium.Tokenization;

/// <summary>
/// The printable character that stands for each byte in byte-level vocabularies, as GPT-2 chose them: printable Latin-1
/// stands for itself, the other bytes for the characters from U+0100 on, in order.
/// </summary>
internal static class ByteLevelAlphabet
{
    private static readonly Dictionary<char, byte> Bytes = Create();

    /// <summary>The bytes of a token; null if a character of it stands for none.</summary>
    public static byte[]? TryGetBytes(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static Dictionary<char, byte> Create()
    {
        var bytes = new Dictionary<char, byte>();
        var substitute = (char)256;
        for (var value = 0; value <= byte.MaxValue; value++)
        {
            var standsForItself = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            bytes[standsForItself ? (char)value : substitute++] = (byte)value;
        }

        return bytes;
    }
}
