namespace Sensorium.Tokenization.Jinja;

/// <summary>Filters that go through lists.</summary>
internal static class ListFilters
{
    public static object Reversed(object? value)
    {
        var elements = Values.Elements(value).Reverse().ToList();
        return value is string ? string.Concat(elements) : elements;
    }

    public static List<object?> Sorted(Arguments arguments)
    {
        var attribute = arguments.Get(3, "attribute");
        var isCased = Values.IsTrue(arguments.Get(2, "case_sensitive", false));
        var elements = Values.Elements(arguments.Positional[0]).OrderBy(element => Key(element, attribute, isCased), Comparer<object?>.Create(Values.Compare)).ToList();
        arguments.Scope.Budget.Step(elements.Count);
        if (Values.IsTrue(arguments.Get(1, "reverse", false)))
        {
            elements.Reverse();
        }

        return elements;
    }

    public static List<object?> SortedPairs(Arguments arguments)
    {
        var map = arguments.Positional[0] as IReadOnlyDictionary<string, object?> ?? throw Values.Fault("a dict", arguments.Positional[0]);
        var isCased = Values.IsTrue(arguments.Get(1, "case_sensitive", false));
        return [.. map.OrderBy(pair => isCased ? pair.Key : pair.Key.ToLowerInvariant(), StringComparer.Ordinal).Select(pair => new Tuple { pair.Key, pair.Value })];
    }

    public static List<object?> Unique(Arguments arguments)
    {
        var kept = new List<object?>();
        foreach (var element in Values.Elements(arguments.Positional[0]))
        {
            arguments.Scope.Budget.Step(1 + kept.Count);
            if (!kept.Exists(other => Values.Equals(other, element)))
            {
                kept.Add(element);
            }
        }

        return kept;
    }

    public static string Joined(Arguments arguments)
    {
        var attribute = arguments.Get(2, "attribute");
        var parts = Values.Elements(arguments.Positional[0]).Select(element => Values.Text(attribute is null ? element : Path(element, attribute)));
        return TextMethods.Joined(arguments.Text(1, "d"), parts, arguments.Scope.Budget);
    }

    /// <summary>By an attribute, or by a filter that is named.</summary>
    public static List<object?> Map(Arguments arguments)
    {
        var elements = Values.Elements(arguments.Positional[0]);
        arguments.Scope.Budget.Step(elements.Count);
        if (arguments.Named.TryGetValue("attribute", out var attribute))
        {
            return [.. elements.Select(element => Path(element, attribute) is Undefined && arguments.Named.TryGetValue("default", out var other) ? other : Path(element, attribute))];
        }

        var filter = Filters.Get(arguments.Text(1, "filter"));
        return [.. elements.Select(element => filter(new Arguments([element, .. arguments.Positional.Skip(2)], arguments.Named, arguments.Scope)))];
    }

    public static List<object?> Choose(Arguments arguments, bool ofAttribute, bool wanted)
    {
        var rest = arguments.Positional.Skip(ofAttribute ? 2 : 1).ToArray();
        var test = rest.Length == 0 ? null : ValueTests.Get(Values.Text(rest[0]));
        var elements = Values.Elements(arguments.Positional[0]);
        arguments.Scope.Budget.Step(elements.Count);
        return [.. elements.Where(element => Holds(ofAttribute ? Path(element, arguments.Get(1, "attribute")) : element) == wanted)];

        bool Holds(object? value) => test is null ? Values.IsTrue(value) : Values.IsTrue(test(new Arguments([value, .. rest[1..]], arguments.Named, arguments.Scope)));
    }

    // "a.b" goes two steps.
    private static object? Path(object? value, object? path) => path is string names
        ? names.Split('.').Aggregate(value, (inner, name) => inner is Undefined ? inner : Members.Find(inner, name, isAttribute: false))
        : Members.Find(value, path, isAttribute: false);

    private static object? Key(object? element, object? attribute, bool isCased)
    {
        var key = attribute is null ? element : Path(element, attribute);
        return key is string text && !isCased ? text.ToLowerInvariant() : key;
    }
}
