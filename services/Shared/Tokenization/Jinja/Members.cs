namespace Sensorium.Tokenization.Jinja;

/// <summary>What stands behind a dot or in brackets: elements, entries, and the methods of Python that chat templates call.</summary>
internal static class Members
{
    /// <param name="of">What has the member.</param>
    /// <param name="key">A place or a name.</param>
    /// <param name="isAttribute">Written with a dot: methods go before entries of the same name.</param>
    public static object? Find(object? of, object? key, bool isAttribute) => of switch
    {
        Undefined => throw Values.Fault("", of),
        Namespace values => values[Values.Text(key)],
        IReadOnlyDictionary<string, object?> map => OfMap(map, Values.Text(key), isAttribute),
        string text => isAttribute ? TextMethods.Find(text, Values.Text(key)) ?? (object?)None(key) : At(Values.Elements(text), key),
        IReadOnlyList<object?> list => isAttribute ? OfList(list, Values.Text(key)) : At(list, key),
        _ => None(key),
    };

    private static Undefined None(object? key) => new(Values.Text(key));

    private static object? At(IReadOnlyList<object?> list, object? key)
    {
        if (key is not (long or bool))
        {
            return None(key);
        }

        var place = Values.Integer(key);
        place += place < 0 ? list.Count : 0;
        return place >= 0 && place < list.Count ? list[(int)place] : None(key);
    }

    private static object? OfMap(IReadOnlyDictionary<string, object?> map, string name, bool isAttribute)
    {
        JinjaFunction? method = !isAttribute ? null : name switch
        {
            "items" => _ => map.Select(object? (pair) => new Tuple { pair.Key, pair.Value }).ToList(),
            "keys" => _ => map.Keys.ToList<object?>(),
            "values" => _ => map.Values.ToList(),
            "get" => arguments => map.TryGetValue(arguments.Text(0, "key"), out var found) ? found : arguments.Get(1, "default"),
            _ => null,
        };
        return method ?? (map.TryGetValue(name, out var value) ? value : None(name));
    }

    private static object? OfList(IReadOnlyList<object?> list, string name)
    {
        JinjaFunction? method = name switch
        {
            "index" => arguments => Enumerable.Range(0, list.Count).FirstOrDefault(i => Values.Equals(list[i], arguments.Get(0, "value")), -1) is >= 0 and var place
                ? (long)place
                : throw new JinjaException($"{Representation.Of(arguments.Get(0, "value"))} is not in the list"),
            "count" => arguments => (long)list.Count(element => Values.Equals(element, arguments.Get(0, "value"))),
            _ => null,
        };
        return method ?? (object?)None(name);
    }
}

/// <summary>Names that a template may set from within a loop.</summary>
internal sealed class Namespace(IReadOnlyDictionary<string, object?> values)
{
    private readonly Dictionary<string, object?> _values = new(values, StringComparer.Ordinal);

    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : new Undefined(name);
        set => _values[name] = value;
    }
}
