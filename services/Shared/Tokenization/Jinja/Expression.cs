using System.Runtime.CompilerServices;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Something that has a value.</summary>
internal abstract record Expression
{
    public object? Evaluate(Scope scope)
    {
        scope.Budget.Step();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return Compute(scope);
    }

    protected abstract object? Compute(Scope scope);
}

internal sealed record Literal(object? Value) : Expression
{
    protected override object? Compute(Scope scope) => Value;
}

internal sealed record Name(string Text) : Expression
{
    protected override object? Compute(Scope scope) => scope[Text] is Undefined none && Globals.Find(Text) is { } global ? global : scope[Text];
}

internal sealed record ListLiteral(IReadOnlyList<Expression> Elements) : Expression
{
    protected override object? Compute(Scope scope) => Elements.Select(element => element.Evaluate(scope)).ToList();
}

/// <summary>"(a, b)".</summary>
internal sealed record TupleLiteral(IReadOnlyList<Expression> Elements) : Expression
{
    protected override object? Compute(Scope scope) => Tuple.Of(Elements.Select(element => element.Evaluate(scope)));
}

internal sealed record MapLiteral(IReadOnlyList<(Expression Key, Expression Value)> Pairs) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in Pairs)
        {
            map[Values.Text(key.Evaluate(scope))] = value.Evaluate(scope);
        }

        return map;
    }
}

/// <summary>"a.b", or "a[b]".</summary>
internal sealed record Member(Expression Of, Expression Key, bool IsAttribute) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var (of, key) = (Of.Evaluate(scope), Key.Evaluate(scope));
        return Members.Find(of, key, IsAttribute);
    }
}

/// <summary>"a[from:to:step]".</summary>
internal sealed record Slice(Expression Of, Expression? From, Expression? To, Expression? Step) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var of = Of.Evaluate(scope);
        var elements = Values.Elements(of);
        var step = Part(Step, scope) ?? 1;
        var chosen = Places(elements.Count, Part(From, scope), Part(To, scope), step == 0 ? throw new JinjaException("a slice has the step 0") : step)
            .Select(place => elements[place])
            .ToList();
        scope.Budget.Step(chosen.Count);
        return of is string ? string.Concat(chosen) : chosen;
    }

    private static long? Part(Expression? part, Scope scope) => part?.Evaluate(scope) is { } value ? Values.Integer(value) : null;

    private static IEnumerable<int> Places(int count, long? from, long? to, long step)
    {
        var (least, most) = step > 0 ? (0L, (long)count) : (-1L, count - 1L);
        var start = from is { } first ? Math.Clamp(first < 0 ? first + count : first, least, most) : step > 0 ? least : most;
        var end = to is { } last ? Math.Clamp(last < 0 ? last + count : last, least, most) : step > 0 ? most : least;
        for (var place = start; step > 0 ? place < end : place > end; place += step)
        {
            yield return (int)place;
        }
    }
}

internal sealed record Call(Expression Function, CallArguments Given) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var function = Function.Evaluate(scope) as JinjaFunction ?? throw Values.Fault("a function", Function.Evaluate(scope));
        scope.Budget.Enter();
        var result = function(Given.Evaluate(scope));
        scope.Budget.Leave();
        return result is string text ? scope.Budget.Made(text) : result;
    }
}

/// <summary>What stands between the parentheses of a call.</summary>
internal sealed record CallArguments(IReadOnlyList<Expression> Positional, IReadOnlyDictionary<string, Expression> Named)
{
    public static CallArguments None { get; } = new([], new Dictionary<string, Expression>());

    /// <param name="scope">Where they are evaluated.</param>
    /// <param name="first">Stands before them all, as what a filter is applied to.</param>
    public Arguments Evaluate(Scope scope, params ReadOnlySpan<object?> first) => new(
        [.. first, .. Positional.Select(argument => argument.Evaluate(scope))],
        Named.ToDictionary(pair => pair.Key, pair => pair.Value.Evaluate(scope)),
        scope);
}

internal sealed record Filtered(Expression Of, JinjaFunction Filter, CallArguments Given) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var result = Filter(Given.Evaluate(scope, Of.Evaluate(scope)));
        return result is string text ? scope.Budget.Made(text) : result;
    }
}

/// <summary>"a is b".</summary>
internal sealed record Tested(Expression Of, JinjaFunction Test, CallArguments Given, bool Negated) : Expression
{
    protected override object? Compute(Scope scope) => Values.IsTrue(Test(Given.Evaluate(scope, Of.Evaluate(scope)))) != Negated;
}

/// <summary>"a if b else c".</summary>
internal sealed record Conditional(Expression Condition, Expression Then, Expression? Otherwise) : Expression
{
    protected override object? Compute(Scope scope) =>
        Values.IsTrue(Condition.Evaluate(scope)) ? Then.Evaluate(scope) : Otherwise is null ? new Undefined("") : Otherwise.Evaluate(scope);
}

internal sealed record Not(Expression Of) : Expression
{
    protected override object? Compute(Scope scope) => !Values.IsTrue(Of.Evaluate(scope));
}

internal sealed record Negative(Expression Of) : Expression
{
    protected override object? Compute(Scope scope) => Of.Evaluate(scope) switch
    {
        double number => -number,
        var value => (object)-Values.Integer(value),
    };
}

/// <summary>"a and b", or "a or b": the value that decided.</summary>
internal sealed record Junction(Expression Left, Expression Right, bool IsAnd) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var left = Left.Evaluate(scope);
        return Values.IsTrue(left) == IsAnd ? Right.Evaluate(scope) : left;
    }
}

/// <summary>"a &lt; b &lt;= c": each with the next.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(string Operator, Expression Right)> Rest) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var left = First.Evaluate(scope);
        foreach (var (sign, expression) in Rest)
        {
            var right = expression.Evaluate(scope);
            if (!Holds(left, sign, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private static bool Holds(object? left, string sign, object? right) => sign switch
    {
        "==" => Values.Equals(left, right),
        "!=" => !Values.Equals(left, right),
        "in" => Values.Contains(right, left),
        "not in" => !Values.Contains(right, left),
        "<" => Values.Compare(left, right) < 0,
        "<=" => Values.Compare(left, right) <= 0,
        ">" => Values.Compare(left, right) > 0,
        _ => Values.Compare(left, right) >= 0,
    };
}

internal sealed record Arithmetic(Expression Left, string Operator, Expression Right) : Expression
{
    protected override object? Compute(Scope scope) => Calculator.Apply(Left.Evaluate(scope), Operator, Right.Evaluate(scope), scope.Budget);
}
