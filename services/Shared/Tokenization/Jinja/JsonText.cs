using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Jinja;

/// <summary>JSON as Python's json.dumps writes it with ensure_ascii off, which is what chat templates are trained with.</summary>
internal static class JsonText
{
    /// <param name="indent">Null writes one line.</param>
    public static string Of(object? value, int? indent)
    {
        var text = new StringBuilder();
        Write(text, value, indent, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int? indent, int depth)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                WriteAll(text, '{', '}', [.. map], indent, depth, pair =>
                {
                    WriteText(text, pair.Key);
                    text.Append(": ");
                    Write(text, pair.Value, indent, depth + 1);
                });
                break;
            case IReadOnlyList<object?> list:
                WriteAll(text, '[', ']', list, indent, depth, element => Write(text, element, indent, depth + 1));
                break;
            case string words:
                WriteText(text, words);
                break;
            default:
                text.Append(value switch
                {
                    null => "null",
                    bool truth => truth ? "true" : "false",
                    long or double => Representation.Of(value),
                    _ => throw Values.Fault("something that JSON knows", value),
                });
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, char close, IReadOnlyList<T> elements, int? indent, int depth, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < elements.Count; i++)
        {
            text.Append(i == 0 ? "" : indent is null ? ", " : ",");
            Break(text, indent, depth + 1);
            write(elements[i]);
        }

        if (elements.Count > 0)
        {
            Break(text, indent, depth);
        }

        text.Append(close);
    }

    private static void Break(StringBuilder text, int? indent, int depth)
    {
        if (indent is { } width)
        {
            text.Append('\n').Append(' ', width * depth);
        }
    }

    private static void WriteText(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var character in words)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        text.Append('"');
    }
}
