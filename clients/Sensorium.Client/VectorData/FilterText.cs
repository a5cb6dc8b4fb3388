using System.Globalization;

namespace Sensorium.Client.VectorData;

/// <summary>Values as the language of filters writes them; docs/search.md has its grammar.</summary>
internal static class FilterText
{
    /// <exception cref="NotSupportedException">It is neither a string, a number nor a boolean.</exception>
    public static string Write(object? value) => value switch
    {
        string text => Quote(text),
        bool truth => truth ? "true" : "false",
        int or long or short or byte or uint or float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value?.GetType().Name ?? "null"} cannot be compared with metadata; strings, numbers and booleans can."),
    };

    public static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
