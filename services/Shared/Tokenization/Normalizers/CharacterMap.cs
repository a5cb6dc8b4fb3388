using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>
/// A double-array trie over UTF-8 bytes whose leaves point into a list of replacements that end with a zero byte: four
/// bytes for the size of the trie, the trie, the replacements, all little-endian.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _replacements;

    private CharacterMap(uint[] units, byte[] replacements)
    {
        _units = units;
        _replacements = replacements;
    }

    public static CharacterMap? TryRead(ReadOnlyMemory<byte> file)
    {
        if (file.Length < sizeof(uint))
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(file.Span);
        if (size == 0 || size % sizeof(uint) != 0 || size > file.Length - sizeof(uint))
        {
            return null;
        }

        var trie = file.Slice(sizeof(uint), (int)size);
        return new CharacterMap([.. MemoryMarshal.Cast<byte, uint>(trie.Span)], file[(sizeof(uint) + (int)size)..].ToArray());
    }

    /// <summary>What stands for the shortest beginning of the text that the map knows; null if it knows none.</summary>
    public string? Find(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4 * text.Length <= 64 ? 64 : 4 * text.Length];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        var position = Offset(_units[0]);
        foreach (var value in bytes)
        {
            position ^= value;
            if (value == 0 || position >= _units.Length || Label(_units[position]) != value)
            {
                return null;
            }

            var unit = _units[position];
            position ^= Offset(unit);
            if (HasLeaf(unit) && position < _units.Length)
            {
                return ReplacementAt(_units[position] & int.MaxValue);
            }
        }

        return null;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & (1u << 9)) >> 6);

    private static uint Label(uint unit) => unit & ((1u << 31) | 0xFF);

    private static bool HasLeaf(uint unit) => (unit >> 8 & 1) == 1;

    private string? ReplacementAt(uint start)
    {
        if (start >= _replacements.Length)
        {
            return null;
        }

        var rest = _replacements.AsSpan((int)start);
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
