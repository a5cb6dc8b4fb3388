using System.Globalization;

namespace Sensorium.Bench.Contenders;

/// <summary>Reads the text form of Prometheus metrics.</summary>
internal static class Prometheus
{
    /// <summary>Sum over all label sets of one metric that contain the given label; 0 if there is none.</summary>
    public static double Sum(string text, string name, string label) => text.Split('\n')
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => Value(line.AsSpan(line.LastIndexOf('}') + 1)));

    // Name and labels are followed by the value and, maybe, a time stamp.
    private static double Value(ReadOnlySpan<char> rest)
    {
        var fields = rest.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var value = fields.First(field => char.IsAsciiDigit(field[0]) || field[0] is '-' or '+');
        return double.Parse(value, CultureInfo.InvariantCulture);
    }
}
