using System.Globalization;

namespace Sensorium.Tokenization.Unicode;

/// <summary>Decompositions, compositions and combining classes, from the table beside this file; Hangul by arithmetic.</summary>
internal static class NormalizationTable
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    private static readonly Dictionary<int, int[]> Canonical = [];
    private static readonly Dictionary<int, int[]> Compatible = [];
    private static readonly Dictionary<(int, int), int> Compositions = [];
    private static readonly Dictionary<int, byte> Classes = [];

    static NormalizationTable()
    {
        using var stream = typeof(NormalizationTable).Assembly.GetManifestResourceStream("Sensorium.Tokenization.Unicode.decompositions.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var numbers = line[2..].Split(' ').Select(number => int.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            Add(line[0], numbers);
        }
    }

    /// <summary>Not 0 for marks that order themselves after the character before.</summary>
    public static byte ClassOf(int codePoint) => Classes.GetValueOrDefault(codePoint);

    /// <summary>Appends the full decomposition of a code point, itself if it has none.</summary>
    public static void Decompose(int codePoint, bool compatible, List<int> target)
    {
        var syllable = codePoint - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount)
        {
            target.Add(LeadBase + syllable / (VowelCount * TailCount));
            target.Add(VowelBase + syllable % (VowelCount * TailCount) / TailCount);
            if (syllable % TailCount != 0)
            {
                target.Add(TailBase + syllable % TailCount);
            }
        }
        else if (compatible && Compatible.TryGetValue(codePoint, out var parts) || Canonical.TryGetValue(codePoint, out parts))
        {
            target.AddRange(parts);
        }
        else
        {
            target.Add(codePoint);
        }
    }

    /// <summary>What the two compose to; null if nothing.</summary>
    public static int? Compose(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount && second - VowelBase is >= 0 and < VowelCount)
        {
            return HangulBase + ((first - LeadBase) * VowelCount + second - VowelBase) * TailCount;
        }

        if (first - HangulBase is >= 0 and < LeadCount * VowelCount * TailCount && (first - HangulBase) % TailCount == 0
            && second - TailBase is > 0 and < TailCount)
        {
            return first + second - TailBase;
        }

        return Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static void Add(char kind, int[] numbers)
    {
        switch (kind)
        {
            case 'D':
                Canonical[numbers[0]] = numbers[1..];
                break;
            case 'K':
                Compatible[numbers[0]] = numbers[1..];
                break;
            case 'C':
                Compositions[(numbers[1], numbers[2])] = numbers[0];
                break;
            default:
                Classes[numbers[0]] = (byte)numbers[1];
                break;
        }
    }
}
