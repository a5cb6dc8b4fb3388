using System.Globalization;

namespace Sensorium.Tokenization.Unicode;

/// <summary>A set of code points, from ranges in hexadecimal: "61D 1B4E-1B4F".</summary>
internal sealed class CodePointRanges
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    public CodePointRanges(string ranges)
    {
        var parts = ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OrderBy(range => range.Start).ToArray();
        _starts = [.. parts.Select(range => range.Start)];
        _ends = [.. parts.Select(range => range.End)];
    }

    public bool Contains(int codePoint)
    {
        if (codePoint < _starts[0])
        {
            return false;
        }

        var index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 || codePoint <= _ends[~index - 1];
    }

    private static (int Start, int End) Parse(string range)
    {
        var ends = range.Split('-').Select(end => int.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        return (ends[0], ends[^1]);
    }
}
