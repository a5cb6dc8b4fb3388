namespace Sensorium.Tokenization.Jinja;

/// <summary>Reads what follows a value: members, calls, filters and tests.</summary>
internal sealed class PostfixParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expression ReadMembers(Expression value)
    {
        while (true)
        {
            if (tokens.Skip("."))
            {
                var key = tokens.Current.Kind == TokenKind.Integer ? new Literal(long.Parse(tokens.Take().Text, System.Globalization.CultureInfo.InvariantCulture)) : new Literal(tokens.Expect(TokenKind.Name).Text);
                value = new Member(value, key, IsAttribute: key.Value is string);
            }
            else if (tokens.Skip("["))
            {
                value = ReadSubscript(value);
            }
            else if (tokens.Is("("))
            {
                value = new Call(value, expressions.ReadArguments());
            }
            else
            {
                return value;
            }
        }
    }

    public Expression ReadFilters(Expression value)
    {
        while (true)
        {
            if (tokens.Skip("|"))
            {
                var filter = Filters.Get(tokens.Expect(TokenKind.Name).Text);
                value = new Filtered(value, filter, tokens.Is("(") ? expressions.ReadArguments() : CallArguments.None);
            }
            else if (tokens.Skip("is"))
            {
                value = ReadTest(value);
            }
            else if (tokens.Is("("))
            {
                value = new Call(value, expressions.ReadArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression ReadSubscript(Expression value)
    {
        var parts = new Expression?[3];
        var place = 0;
        while (!tokens.Skip("]"))
        {
            if (tokens.Skip(":"))
            {
                place = place < 2 ? place + 1 : throw tokens.Fault("']'");
            }
            else
            {
                parts[place] = parts[place] is null ? expressions.ReadTuple() : throw tokens.Fault("']'");
            }
        }

        return place > 0
            ? new Slice(value, parts[0], parts[1], parts[2])
            : new Member(value, parts[0] ?? throw tokens.Fault("an expression"), IsAttribute: false);
    }

    private Tested ReadTest(Expression value)
    {
        var negated = tokens.Skip("not");
        var name = tokens.Current.Text == "==" ? tokens.Take().Text : tokens.Expect(TokenKind.Name).Text;
        var test = ValueTests.Get(name);
        var given = CallArguments.None;
        if (tokens.Is("("))
        {
            given = expressions.ReadArguments();
        }
        else if (ValueTests.TakesArgument(name))
        {
            given = new CallArguments([ReadMembers(expressions.ReadPrimary())], CallArguments.None.Named);
        }

        return given.Positional.Count == (ValueTests.TakesArgument(name) ? 1 : 0)
            ? new Tested(value, test, given, negated)
            : throw new JinjaException($"line {tokens.Current.Line}: the test '{name}' is given {given.Positional.Count} arguments");
    }
}
