namespace Sensorium.Tokenization.Jinja;

/// <summary>What may stand behind "|"; the value that it is applied to is the first argument.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, JinjaFunction> All = new(StringComparer.Ordinal)
    {
        ["trim"] = arguments => Values.Text(arguments.Positional[0]).Trim(arguments.Get(1, "chars") is string characters ? characters.ToCharArray() : null!),
        ["upper"] = arguments => Values.Text(arguments.Positional[0]).ToUpperInvariant(),
        ["lower"] = arguments => Values.Text(arguments.Positional[0]).ToLowerInvariant(),
        ["capitalize"] = arguments => TextMethods.Capitalized(Values.Text(arguments.Positional[0])),
        ["title"] = arguments => TextMethods.Titled(Values.Text(arguments.Positional[0])),
        ["string"] = arguments => Values.Text(arguments.Positional[0]),
        ["safe"] = arguments => arguments.Positional[0],
        ["int"] = arguments => ToInteger(arguments),
        ["float"] = arguments => Values.Float(arguments.Positional[0]),
        ["abs"] = arguments => arguments.Positional[0] is double number ? (object)Math.Abs(number) : Math.Abs(Values.Integer(arguments.Positional[0])),
        ["round"] = arguments => Math.Round(Values.Float(arguments.Positional[0]), (int)arguments.Integer(1, "precision", 0)),
        ["length"] = arguments => (long)Values.Length(arguments.Positional[0]),
        ["count"] = arguments => (long)Values.Length(arguments.Positional[0]),
        ["list"] = arguments => Values.Elements(arguments.Positional[0]).ToList(),
        ["items"] = arguments => arguments.Positional[0] is Undefined ? new List<object?>() : ((JinjaFunction)Members.Find(arguments.Positional[0], "items", isAttribute: true)!)(arguments),
        ["dictsort"] = arguments => ListFilters.SortedPairs(arguments),
        ["first"] = arguments => Values.Elements(arguments.Positional[0]).FirstOrDefault(new Undefined("first")),
        ["last"] = arguments => Values.Elements(arguments.Positional[0]).LastOrDefault(new Undefined("last")),
        ["reverse"] = arguments => ListFilters.Reversed(arguments.Positional[0]),
        ["sort"] = arguments => ListFilters.Sorted(arguments),
        ["unique"] = arguments => ListFilters.Unique(arguments),
        ["sum"] = arguments => Values.Elements(arguments.Positional[0]).Aggregate((object?)0L, (sum, next) => Calculator.Apply(sum, "+", next, arguments.Scope.Budget)),
        ["max"] = arguments => Values.Elements(arguments.Positional[0]).Max(Comparer<object?>.Create(Values.Compare)),
        ["min"] = arguments => Values.Elements(arguments.Positional[0]).Min(Comparer<object?>.Create(Values.Compare)),
        ["join"] = arguments => ListFilters.Joined(arguments),
        ["map"] = arguments => ListFilters.Map(arguments),
        ["select"] = arguments => ListFilters.Choose(arguments, ofAttribute: false, wanted: true),
        ["reject"] = arguments => ListFilters.Choose(arguments, ofAttribute: false, wanted: false),
        ["selectattr"] = arguments => ListFilters.Choose(arguments, ofAttribute: true, wanted: true),
        ["rejectattr"] = arguments => ListFilters.Choose(arguments, ofAttribute: true, wanted: false),
        ["default"] = arguments => Default(arguments),
        ["d"] = arguments => Default(arguments),
        ["replace"] = arguments => TextMethods.Replaced(
            Values.Text(arguments.Positional[0]), arguments.Text(1, "old"), arguments.Text(2, "new"), arguments.Integer(3, "count", -1), arguments.Scope.Budget),
        ["indent"] = arguments => Indented(arguments),
        ["tojson"] = arguments => JsonText.Of(arguments.Positional[0], arguments.Get(1, "indent") is { } indent ? (int)Math.Clamp(Values.Integer(indent), 0, 64) : null),
    };

    /// <exception cref="JinjaException">There is none of that name.</exception>
    public static JinjaFunction Get(string name) => All.GetValueOrDefault(name) ?? throw new JinjaException($"there is no filter '{name}'");

    private static object? Default(Arguments arguments) =>
        arguments.Positional[0] is Undefined || (Values.IsTrue(arguments.Get(2, "boolean", false)) && !Values.IsTrue(arguments.Positional[0]))
            ? arguments.Get(1, "default_value", "")
            : arguments.Positional[0];

    private static long ToInteger(Arguments arguments) => arguments.Positional[0] switch
    {
        string text when !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) => arguments.Integer(1, "default", 0),
        string text => (long)Values.Float(text),
        var value => Values.Integer(value),
    };

    private static string Indented(Arguments arguments)
    {
        var width = arguments.Get(1, "width", 4L) is string given ? given : new string(' ', (int)Math.Clamp(arguments.Integer(1, "width", 4), 0, 64));
        var (first, blank) = (Values.IsTrue(arguments.Get(2, "first", false)), Values.IsTrue(arguments.Get(3, "blank", false)));
        var lines = Values.Text(arguments.Positional[0]).Split('\n');
        return TextMethods.Joined("\n", lines.Select((line, i) => (i == 0 && !first) || (line.Length == 0 && !blank && i > 0) ? line : width + line), arguments.Scope.Budget);
    }
}
