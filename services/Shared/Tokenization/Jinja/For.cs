namespace Sensorium.Tokenization.Jinja;

/// <summary>"{% for a in b if c %}…{% else %}…{% endfor %}".</summary>
internal sealed record For(Target Target, Expression Of, Expression? Condition, Block Body, Block? Otherwise) : Statement
{
    public override Flow Execute(Scope scope)
    {
        var elements = Chosen(scope, Values.Elements(Of.Evaluate(scope)));
        for (var i = 0; i < elements.Count; i++)
        {
            scope.Budget.Step();
            var inner = new Scope(scope);
            Target.Assign(inner, elements[i]);
            inner["loop"] = Loop(elements, i);
            if (Body.Execute(inner) == Flow.Break)
            {
                break;
            }
        }

        return elements.Count == 0 && Otherwise is not null ? Otherwise.Execute(scope) : Flow.Next;
    }

    private IReadOnlyList<object?> Chosen(Scope scope, IReadOnlyList<object?> elements)
    {
        if (Condition is null)
        {
            return elements;
        }

        return [.. elements.Where(element =>
        {
            var inner = new Scope(scope);
            Target.Assign(inner, element);
            return Values.IsTrue(Condition.Evaluate(inner));
        })];
    }

    private static OrderedDictionary<string, object?> Loop(IReadOnlyList<object?> elements, int i) => new(StringComparer.Ordinal)
    {
        ["index"] = i + 1L,
        ["index0"] = (long)i,
        ["revindex"] = (long)(elements.Count - i),
        ["revindex0"] = elements.Count - i - 1L,
        ["first"] = i == 0,
        ["last"] = i == elements.Count - 1,
        ["length"] = (long)elements.Count,
        ["previtem"] = i > 0 ? elements[i - 1] : new Undefined("previtem"),
        ["nextitem"] = i < elements.Count - 1 ? elements[i + 1] : new Undefined("nextitem"),
        ["cycle"] = (JinjaFunction)(arguments => arguments.Positional[i % Math.Max(1, arguments.Positional.Count)]),
    };
}
