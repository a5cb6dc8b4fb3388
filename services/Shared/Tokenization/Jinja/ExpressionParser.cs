using System.Globalization;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Reads expressions, the loosest binding first.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">=", "in"];

    /// <summary>Several with commas between them are a tuple.</summary>
    public Expression ReadTuple(bool withCondition = true)
    {
        var first = withCondition ? Read() : ReadOr();
        if (!tokens.Is(","))
        {
            return first;
        }

        var elements = new List<Expression> { first };
        while (tokens.Skip(",") && !EndsList())
        {
            elements.Add(withCondition ? Read() : ReadOr());
        }

        return new TupleLiteral(elements);
    }

    public Expression Read() => tokens.Nested(ReadConditional);

    public CallArguments ReadArguments()
    {
        var positional = new List<Expression>();
        var named = new Dictionary<string, Expression>(StringComparer.Ordinal);
        tokens.Expect("(");
        while (!tokens.Skip(")"))
        {
            if (tokens.Current.Kind == TokenKind.Name && tokens.IsNext("="))
            {
                var name = tokens.Take().Text;
                tokens.Expect("=");
                named[name] = Read();
            }
            else
            {
                positional.Add(Read());
            }

            if (!tokens.Is(")"))
            {
                tokens.Expect(",");
            }
        }

        return new CallArguments(positional, named);
    }

    private bool EndsList() => tokens.Current.Kind is TokenKind.OutputEnd or TokenKind.BlockEnd || tokens.Is(")") || tokens.Is("]") || tokens.Is("=");

    private Expression ReadConditional()
    {
        var value = ReadOr();
        while (tokens.Skip("if"))
        {
            var condition = ReadOr();
            value = new Conditional(condition, value, tokens.Skip("else") ? Read() : null);
        }

        return value;
    }

    private Expression ReadOr() => ReadChain(ReadAnd, ["or"], (left, _, right) => new Junction(left, right, IsAnd: false));

    private Expression ReadAnd() => ReadChain(ReadNot, ["and"], (left, _, right) => new Junction(left, right, IsAnd: true));

    private Expression ReadNot() => tokens.Is("not") && !tokens.IsNext("in") && tokens.Skip("not") ? new Not(tokens.Nested(ReadNot)) : ReadComparison();

    private Expression ReadComparison()
    {
        var first = ReadSum();
        var rest = new List<(string, Expression)>();
        while (true)
        {
            if (tokens.Is("not") && tokens.IsNext("in"))
            {
                tokens.Take();
                tokens.Take();
                rest.Add(("not in", ReadSum()));
            }
            else if (Array.Find(Comparisons, tokens.Is) is { } sign)
            {
                tokens.Take();
                rest.Add((sign, ReadSum()));
            }
            else
            {
                return rest.Count == 0 ? first : new Comparison(first, rest);
            }
        }
    }

    private Expression ReadSum() => ReadChain(ReadJoin, ["+", "-"], (left, sign, right) => new Arithmetic(left, sign, right));

    private Expression ReadJoin() => ReadChain(ReadProduct, ["~"], (left, sign, right) => new Arithmetic(left, sign, right));

    private Expression ReadProduct() => ReadChain(ReadPower, ["*", "/", "//", "%"], (left, sign, right) => new Arithmetic(left, sign, right));

    private Expression ReadPower() => ReadChain(ReadUnary, ["**"], (left, sign, right) => new Arithmetic(left, sign, right));

    private Expression ReadChain(Func<Expression> read, string[] signs, Func<Expression, string, Expression, Expression> join)
    {
        var left = read();
        while (Array.Find(signs, tokens.Is) is { } sign)
        {
            tokens.Take();
            left = join(left, sign, read());
        }

        return left;
    }

    private Expression ReadUnary()
    {
        if (tokens.Skip("-"))
        {
            return new PostfixParser(tokens, this).ReadFilters(new Negative(new PostfixParser(tokens, this).ReadMembers(ReadPrimary())));
        }

        tokens.Skip("+");
        var postfix = new PostfixParser(tokens, this);
        return postfix.ReadFilters(postfix.ReadMembers(ReadPrimary()));
    }

    /// <summary>A literal, a name, or something in brackets.</summary>
    public Expression ReadPrimary()
    {
        var token = tokens.Current;
        return token.Kind switch
        {
            TokenKind.String => ReadStrings(),
            TokenKind.Integer => new Literal(long.TryParse(tokens.Take().Text, CultureInfo.InvariantCulture, out var number) ? number : throw tokens.Fault("a smaller number")),
            TokenKind.Float => new Literal(double.Parse(tokens.Take().Text, CultureInfo.InvariantCulture)),
            TokenKind.Name => ReadName(),
            _ when tokens.Skip("(") => ReadParentheses(),
            _ when tokens.Skip("[") => new ListLiteral(ReadElements("]", Read)),
            _ when tokens.Skip("{") => new MapLiteral(ReadElements("}", ReadPair)),
            _ => throw tokens.Fault("an expression"),
        };
    }

    private Literal ReadStrings()
    {
        var text = "";
        while (tokens.Current.Kind == TokenKind.String)
        {
            text += tokens.Take().Text;
        }

        return new Literal(text);
    }

    private Expression ReadName() => tokens.Take().Text switch
    {
        "true" or "True" => new Literal(true),
        "false" or "False" => new Literal(false),
        "none" or "None" => new Literal(null),
        var name => new Name(name),
    };

    private Expression ReadParentheses()
    {
        if (tokens.Skip(")"))
        {
            return new TupleLiteral([]);
        }

        var inner = ReadTuple();
        tokens.Expect(")");
        return inner;
    }

    private (Expression Key, Expression Value) ReadPair()
    {
        var key = Read();
        tokens.Expect(":");
        return (key, Read());
    }

    private List<T> ReadElements<T>(string end, Func<T> read)
    {
        var elements = new List<T>();
        while (!tokens.Skip(end))
        {
            elements.Add(read());
            if (!tokens.Is(end))
            {
                tokens.Expect(",");
            }
        }

        return elements;
    }
}
