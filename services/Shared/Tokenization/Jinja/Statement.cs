using System.Text;

namespace Sensorium.Tokenization.Jinja;

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>Something that writes, or sets names.</summary>
internal abstract record Statement
{
    public abstract Flow Execute(Scope scope);
}

internal sealed record Block(IReadOnlyList<Statement> Statements) : Statement
{
    public override Flow Execute(Scope scope)
    {
        foreach (var statement in Statements)
        {
            scope.Budget.Step();
            if (statement.Execute(scope) is not Flow.Next and var flow)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    /// <summary>What it writes, instead of writing it.</summary>
    public string Capture(Scope scope)
    {
        var inner = new Scope(scope, new StringBuilder());
        Execute(inner);
        return inner.Output.ToString();
    }
}

internal sealed record Text(string Words) : Statement
{
    public override Flow Execute(Scope scope)
    {
        scope.Write(Words);
        return Flow.Next;
    }
}

internal sealed record Output(Expression Value) : Statement
{
    public override Flow Execute(Scope scope)
    {
        scope.Write(Values.Text(Value.Evaluate(scope)));
        return Flow.Next;
    }
}

internal sealed record Jump(Flow Flow) : Statement
{
    public override Flow Execute(Scope scope) => Flow;
}

/// <param name="Branches">The first whose condition holds; one without a condition always does.</param>
internal sealed record If(IReadOnlyList<(Expression? Condition, Block Body)> Branches) : Statement
{
    public override Flow Execute(Scope scope)
    {
        foreach (var (condition, body) in Branches)
        {
            if (condition is null || Values.IsTrue(condition.Evaluate(scope)))
            {
                return body.Execute(scope);
            }
        }

        return Flow.Next;
    }
}

internal sealed record Set(Target Target, Expression Value) : Statement
{
    public override Flow Execute(Scope scope)
    {
        Target.Assign(scope, Value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary>"{% set a %}…{% endset %}".</summary>
internal sealed record Capture(Target Target, Block Body) : Statement
{
    public override Flow Execute(Scope scope)
    {
        Target.Assign(scope, Body.Capture(scope));
        return Flow.Next;
    }
}

/// <summary>"{% filter a %}…{% endfilter %}".</summary>
internal sealed record FilterBlock(Func<Expression, Expression> Filter, Block Body) : Statement
{
    public override Flow Execute(Scope scope)
    {
        scope.Write(Values.Text(Filter(new Literal(Body.Capture(scope))).Evaluate(scope)));
        return Flow.Next;
    }
}

internal sealed record Macro(string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Block Body) : Statement
{
    public override Flow Execute(Scope scope)
    {
        scope[Name] = (JinjaFunction)(arguments => Run(scope, arguments));
        return Flow.Next;
    }

    private string Run(Scope defined, Arguments arguments)
    {
        var scope = new Scope(defined);
        for (var i = 0; i < Parameters.Count; i++)
        {
            var (name, otherwise) = Parameters[i];
            scope[name] = arguments.Has(i, name) ? arguments.Get(i, name) : otherwise?.Evaluate(scope) ?? new Undefined(name);
        }

        return Body.Capture(scope);
    }
}

/// <summary>What a value is given to: a name, several, or a name of a namespace.</summary>
internal sealed record Target(IReadOnlyList<string> Names, string? Attribute = null)
{
    public void Assign(Scope scope, object? value)
    {
        if (Attribute is not null)
        {
            (scope[Names[0]] as Namespace ?? throw Values.Fault("a namespace", scope[Names[0]]))[Attribute] = value;
            return;
        }

        if (Names.Count == 1)
        {
            scope[Names[0]] = value;
            return;
        }

        var parts = Values.Elements(value);
        if (parts.Count != Names.Count)
        {
            throw new JinjaException($"{parts.Count} values are given to {Names.Count} names");
        }

        for (var i = 0; i < parts.Count; i++)
        {
            scope[Names[i]] = parts[i];
        }
    }
}
