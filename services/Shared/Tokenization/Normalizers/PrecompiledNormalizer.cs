using System.Globalization;
using System.Text;
using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>The character map of SentencePiece: graphemes of at most five bytes, else single characters, are looked up.</summary>
internal sealed class PrecompiledNormalizer(CharacterMap map) : INormalizer
{
    private const int MaxGraphemeBytes = 5;

    public static INormalizer Read(JsonSection section)
    {
        // Some converted files carry an empty map, which changes nothing.
        if (section.OptionalString("precompiled_charsmap") is not { Length: > 0 } encoded)
        {
            return new SequenceNormalizer([]);
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || CharacterMap.TryRead(bytes.AsMemory(0, length)) is not { } map)
        {
            throw new TokenizerFormatException($"{section.Path}.precompiled_charsmap is not a character map of SentencePiece");
        }

        return new PrecompiledNormalizer(map);
    }

    public AlignedText Normalize(AlignedText text)
    {
        var builder = new AlignedTextBuilder(text);
        var isChanged = false;
        for (var start = 0; start < text.Length;)
        {
            var end = start + StringInfo.GetNextTextElementLength(text.Value, start);
            isChanged |= Append(builder, text, start, end);
            start = end;
        }

        return isChanged ? builder.Build() : text;
    }

    private bool Append(AlignedTextBuilder builder, AlignedText text, int start, int end)
    {
        var grapheme = text.Value.AsSpan(start, end - start);
        if (Encoding.UTF8.GetByteCount(grapheme) <= MaxGraphemeBytes && map.Find(grapheme) is { } whole)
        {
            builder.Append(whole, start, end);
            return true;
        }

        var isChanged = false;
        for (var from = start; from < end;)
        {
            Rune.DecodeFromUtf16(text.Value.AsSpan(from, end - from), out _, out var length);
            if (map.Find(text.Value.AsSpan(from, length)) is { } replacement)
            {
                builder.Append(replacement, from, from + length);
                isChanged = true;
            }
            else
            {
                builder.Copy(from, from + length);
            }

            from += length;
        }

        return isChanged;
    }
}
