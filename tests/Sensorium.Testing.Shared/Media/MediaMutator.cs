using System.Buffers.Binary;

namespace Sensorium.Testing.Shared.Media;

/// <summary>Damages media as transports, disks and attackers do. The same seed and number give the same damage.</summary>
public sealed class MediaMutator(int seed)
{
    private const int MostChanges = 8;

    // Headers decide how the rest is read: half of the changes hit the first of these bytes.
    private const int Header = 512;

    // What lengths, counts and rates are when they are wrong.
    private static readonly uint[] Numbers = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x00FFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <param name="intact">The medium, which stays as it is.</param>
    /// <param name="other">Another one, pieces of which may get into it.</param>
    /// <param name="number">Of the mutant.</param>
    public byte[] Mutate(byte[] intact, byte[] other, int number)
    {
        var random = new Random(HashCode(seed, number));
        var bytes = intact.ToArray();
        for (var changes = random.Next(1, MostChanges); changes > 0 && bytes.Length > 0; changes--)
        {
            bytes = Change(bytes, other, random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, byte[] other, Random random)
    {
        var at = random.Next(2) == 0 ? random.Next(Math.Min(Header, bytes.Length)) : random.Next(bytes.Length);
        var length = random.Next(1, Math.Max(2, Math.Min(bytes.Length - at, 1 << random.Next(1, 12))));
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                random.NextBytes(bytes.AsSpan(at, Math.Min(length, bytes.Length - at)));
                return bytes;
            case 2:
                bytes.AsSpan(at, Math.Min(length, bytes.Length - at)).Clear();
                return bytes;
            case 3 or 4:
                WriteNumber(bytes.AsSpan(at), random);
                return bytes;
            case 5:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
            case 6:
                return [.. bytes[..at], .. bytes.AsSpan(at, Math.Min(length, bytes.Length - at)), .. bytes[at..]];
            case 7:
                var from = random.Next(other.Length);
                return [.. bytes[..at], .. other.AsSpan(from, Math.Min(length, other.Length - from)), .. bytes[at..]];
            default:
                return random.Next(3) == 0 ? bytes[..at] : bytes;
        }
    }

    private static void WriteNumber(Span<byte> at, Random random)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        var value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        }

        number[..Math.Min(at.Length, random.Next(2) == 0 ? 2 : sizeof(uint))].CopyTo(at);
    }

    // Not System.HashCode, which differs between processes.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 16_777_619));
}
