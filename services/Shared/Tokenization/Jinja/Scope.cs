using System.Text;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Names and what they stand for; a name that is not here is looked for around it.</summary>
internal sealed class Scope
{
    private readonly Scope? _outer;
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public Scope(Budget budget) => (Budget, Output) = (budget, new StringBuilder());

    /// <param name="output">Null writes where the outer one does.</param>
    public Scope(Scope outer, StringBuilder? output = null) => (_outer, Budget, Output) = (outer, outer.Budget, output ?? outer.Output);

    public Budget Budget { get; }

    public StringBuilder Output { get; }

    public object? this[string name]
    {
        get => Find(name) is { } scope ? scope._values[name] : new Undefined(name);
        set => _values[name] = value;
    }

    public void Write(string text)
    {
        Budget.CheckLength((long)Output.Length + text.Length);
        Output.Append(text);
    }

    private Scope? Find(string name)
    {
        var scope = this;
        while (scope is not null && !scope._values.ContainsKey(name))
        {
            scope = scope._outer;
        }

        return scope;
    }
}
