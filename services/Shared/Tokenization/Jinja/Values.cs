using System.Collections;
using System.Globalization;

namespace Sensorium.Tokenization.Jinja;

/// <summary>
/// What Python would do with a value: null is None, and there are bool, long, double, string, lists, maps with names, functions,
/// and <see cref="Undefined"/>.
/// </summary>
internal static class Values
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        ICollection collection => collection.Count > 0,
        IReadOnlyCollection<object?> list => list.Count > 0,
        _ => true,
    };

    public static bool IsMap(object? value) => value is IReadOnlyDictionary<string, object?>;

    public static bool IsList(object? value) => value is IReadOnlyList<object?>;

    public static bool IsNumber(object? value) => value is bool or long or double;

    /// <summary>As it is written out.</summary>
    public static string Text(object? value) => value switch
    {
        string text => text,
        Undefined => "",
        _ => Representation.Of(value),
    };

    public static long Integer(object? value) => value switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        double number => (long)number,
        string text when long.TryParse(text.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Fault("a number", value),
    };

    public static double Float(object? value) => value switch
    {
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => Integer(value),
    };

    /// <summary>The elements of a list, the names of a map, or the characters of a text.</summary>
    public static IReadOnlyList<object?> Elements(object? value) => value switch
    {
        Undefined => [],
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        IReadOnlyDictionary<string, object?> map => [.. map.Keys],
        IReadOnlyList<object?> list => list,
        _ => throw Fault("something to go through", value),
    };

    public static int Length(object? value) => value is string text ? text.EnumerateRunes().Count() : Elements(value).Count;

    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        _ when IsNumber(left) && IsNumber(right) => Float(left).Equals(Float(right)),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Equals(pair.Value, other)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Equals(pair.First, pair.Second)),
        (Undefined, Undefined) => true,
        _ => ReferenceEquals(left, right),
    };

    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        _ when IsNumber(left) && IsNumber(right) => Float(left).CompareTo(Float(right)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) =>
            a.Zip(b).Select(pair => Compare(pair.First, pair.Second)).FirstOrDefault(order => order != 0, a.Count.CompareTo(b.Count)),
        _ => throw new JinjaException($"{Representation.KindOf(left)} and {Representation.KindOf(right)} have no order"),
    };

    public static bool Contains(object? container, object? value) => container switch
    {
        string text => text.Contains(value as string ?? throw Fault("a text", value), StringComparison.Ordinal),
        IReadOnlyDictionary<string, object?> map => value is string name && map.ContainsKey(name),
        _ => Elements(container).Any(element => Equals(element, value)),
    };

    public static JinjaException Fault(string expected, object? value) => new(value is Undefined { Name: var name }
        ? $"'{name}' is undefined"
        : $"{Representation.KindOf(value)} is not {expected}");
}
