namespace Sensorium.Tokenization.Jinja;

/// <summary>Something that a template can call.</summary>
internal delegate object? JinjaFunction(Arguments arguments);

/// <summary>What it is called with.</summary>
internal sealed class Arguments(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named, Scope scope)
{
    public IReadOnlyList<object?> Positional => positional;

    public IReadOnlyDictionary<string, object?> Named => named;

    public Scope Scope => scope;

    /// <summary>By its place, or by its name; <paramref name="otherwise"/> where it is not given.</summary>
    public object? Get(int place, string name, object? otherwise = null) =>
        place < positional.Count ? positional[place] : named.TryGetValue(name, out var value) ? value : otherwise;

    public string Text(int place, string name, string otherwise = "") => Get(place, name, otherwise) is { } value ? Values.Text(value) : otherwise;

    public long Integer(int place, string name, long otherwise) => Get(place, name, otherwise) is { } value ? Values.Integer(value) : otherwise;

    public bool Has(int place, string name) => place < positional.Count || named.ContainsKey(name);
}
