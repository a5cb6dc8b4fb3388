using System.Text;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization;

/// <summary>
/// The printable character that stands for each byte in byte-level vocabularies, as GPT-2 chose them: printable Latin-1
/// stands for itself, the other bytes for the characters from U+0100 on, in order.
/// </summary>
internal static class ByteLevelAlphabet
{
    private static readonly char[] Characters = Create();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((character, value) => (character, value))
        .ToDictionary(pair => pair.character, pair => (byte)pair.value);

    public static char Character(byte value) => Characters[value];

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

    /// <summary>The UTF-8 bytes of a text, each as its character.</summary>
    public static AlignedText Encode(AlignedText text)
    {
        if (Ascii.IsValid(text.Value))
        {
            return text.WithValue(string.Create(text.Length, text.Value, static (target, source) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = Characters[source[i]];
                }
            }));
        }

        var builder = new AlignedTextBuilder(text);
        AppendTo(builder, text.Value, 0, text.Length);
        return builder.Build();
    }

    /// <summary>The same for a part of the text that a builder copies.</summary>
    public static void AppendTo(AlignedTextBuilder builder, string text, int from, int to)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> characters = stackalloc char[4];
        while (from < to)
        {
            Rune.DecodeFromUtf16(text.AsSpan(from, to - from), out var rune, out var length);
            var count = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < count; i++)
            {
                characters[i] = Characters[bytes[i]];
            }

            builder.Append(characters[..count], from, from + length);
            from += length;
        }
    }

    private static char[] Create()
    {
        var characters = new char[byte.MaxValue + 1];
        var substitute = (char)256;
        for (var value = 0; value <= byte.MaxValue; value++)
        {
            var standsForItself = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            characters[value] = standsForItself ? (char)value : substitute++;
        }

        return characters;
    }
}
