namespace Sensorium.Tokenization.Jinja;

/// <summary>What may stand behind "is".</summary>
internal static class ValueTests
{
    private static readonly Dictionary<string, JinjaFunction> All = new(StringComparer.Ordinal)
    {
        ["defined"] = arguments => arguments.Positional[0] is not Undefined,
        ["undefined"] = arguments => arguments.Positional[0] is Undefined,
        ["none"] = arguments => arguments.Positional[0] is null,
        ["true"] = arguments => arguments.Positional[0] is true,
        ["false"] = arguments => arguments.Positional[0] is false,
        ["boolean"] = arguments => arguments.Positional[0] is bool,
        ["string"] = arguments => arguments.Positional[0] is string,
        ["mapping"] = arguments => Values.IsMap(arguments.Positional[0]),
        ["sequence"] = arguments => arguments.Positional[0] is string || Values.IsList(arguments.Positional[0]) || Values.IsMap(arguments.Positional[0]),
        ["iterable"] = arguments => arguments.Positional[0] is string or Undefined || Values.IsList(arguments.Positional[0]) || Values.IsMap(arguments.Positional[0]),
        ["number"] = arguments => Values.IsNumber(arguments.Positional[0]),
        ["integer"] = arguments => arguments.Positional[0] is long,
        ["float"] = arguments => arguments.Positional[0] is double,
        ["callable"] = arguments => arguments.Positional[0] is JinjaFunction,
        ["odd"] = arguments => Values.Integer(arguments.Positional[0]) % 2 != 0,
        ["even"] = arguments => Values.Integer(arguments.Positional[0]) % 2 == 0,
    };

    private static readonly Dictionary<string, JinjaFunction> WithArgument = new(StringComparer.Ordinal)
    {
        ["divisibleby"] = arguments => Calculator.Apply(arguments.Positional[0], "%", arguments.Positional[1], arguments.Scope.Budget) is 0L,
        ["in"] = arguments => Values.Contains(arguments.Positional[1], arguments.Positional[0]),
        ["equalto"] = arguments => Values.Equals(arguments.Positional[0], arguments.Positional[1]),
        ["eq"] = arguments => Values.Equals(arguments.Positional[0], arguments.Positional[1]),
        ["=="] = arguments => Values.Equals(arguments.Positional[0], arguments.Positional[1]),
        ["ne"] = arguments => !Values.Equals(arguments.Positional[0], arguments.Positional[1]),
        ["sameas"] = arguments => Values.Equals(arguments.Positional[0], arguments.Positional[1]),
        ["gt"] = arguments => Values.Compare(arguments.Positional[0], arguments.Positional[1]) > 0,
        ["lt"] = arguments => Values.Compare(arguments.Positional[0], arguments.Positional[1]) < 0,
    };

    /// <exception cref="JinjaException">There is none of that name.</exception>
    public static JinjaFunction Get(string name) => All.GetValueOrDefault(name) ?? WithArgument.GetValueOrDefault(name)
        ?? throw new JinjaException($"there is no test '{name}'");

    /// <summary>Whether one value follows it.</summary>
    public static bool TakesArgument(string name) => WithArgument.ContainsKey(name);
}
