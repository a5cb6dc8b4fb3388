using System.Globalization;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Functions that every template may call.</summary>
internal static class Globals
{
    private const int MostElements = 1 << 16;

    private static readonly Dictionary<string, JinjaFunction> All = new(StringComparer.Ordinal)
    {
        ["range"] = Range,
        ["namespace"] = arguments => new Namespace(arguments.Named),
        ["dict"] = arguments => new OrderedDictionary<string, object?>(arguments.Named, StringComparer.Ordinal),
        ["raise_exception"] = arguments => throw new JinjaException(arguments.Text(0, "message")),
    };

    /// <summary>Null if there is none of that name.</summary>
    public static JinjaFunction? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>What strftime_now stands for: a moment, written as Python's strftime does.</summary>
    public static JinjaFunction Clock(Func<DateTimeOffset> now) => arguments => Format(now(), arguments.Text(0, "format"));

    private static List<object?> Range(Arguments arguments)
    {
        var (start, end) = arguments.Positional.Count < 2
            ? (0, arguments.Integer(0, "stop", 0))
            : (arguments.Integer(0, "start", 0), arguments.Integer(1, "stop", 0));
        var step = arguments.Integer(2, "step", 1);
        if (step == 0 || Math.Abs((double)end - start) / Math.Abs(step) > MostElements)
        {
            throw new JinjaException($"range({start}, {end}, {step}) has too many elements");
        }

        var numbers = new List<object?>();
        for (var number = start; step > 0 ? number < end : number > end; number += step)
        {
            numbers.Add(number);
        }

        arguments.Scope.Budget.Step(numbers.Count);
        return numbers;
    }

    private static string Format(DateTimeOffset time, string format)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            text.Append(format[i] == '%' && i + 1 < format.Length ? Part(time, format[++i]) : format[i].ToString());
        }

        return text.ToString();
    }

    private static string Part(DateTimeOffset time, char part)
    {
        var format = part switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'B' => "MMMM",
            'b' => "MMM",
            'A' => "dddd",
            'a' => "ddd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'p' => "tt",
            _ => null,
        };
        return format is null
            ? part == '%' ? "%" : throw new JinjaException($"strftime_now does not know '%{part}'")
            : time.ToString(format, CultureInfo.InvariantCulture);
    }
}
