using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Values as Python writes them out.</summary>
internal static class Representation
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => OfFloat(number),
        string text => Quoted(text),
        Undefined => "Undefined",
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{Quoted(pair.Key)}: {Of(pair.Value)}"))}}}",
        Tuple tuple => tuple.Count == 1 ? $"({Of(tuple[0])},)" : $"({string.Join(", ", tuple.Select(Of))})",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Of))}]",
        _ => $"<{KindOf(value)}>",
    };

    public static string KindOf(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long => "an int",
        double => "a float",
        string => "a str",
        Undefined { Name: var name } => $"undefined '{name}'",
        IReadOnlyDictionary<string, object?> => "a dict",
        IReadOnlyList<object?> => "a list",
        JinjaFunction => "a function",
        _ => "an object",
    };

    public static string OfFloat(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number) && !text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal) ? $"{text}.0" : text.Replace("E", "e", StringComparison.Ordinal);
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                _ when character == quote => $"\\{character}",
                _ => character.ToString(),
            });
        }

        return quoted.Append(quote).ToString();
    }
}
