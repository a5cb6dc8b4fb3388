namespace Sensorium.Tokenization.Jinja;

/// <summary>Reads texts, outputs and blocks up to the block that ends them.</summary>
internal sealed class StatementParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;

    public StatementParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
    }

    public Block ReadAll()
    {
        var body = ReadBody();
        return _tokens.Current.Kind == TokenKind.End ? body : throw _tokens.Fault("no end of a block");
    }

    // Up to one of the blocks that end it, whose name is then the next token; or to the end.
    private Block ReadBody(params string[] ends)
    {
        var statements = new List<Statement>();
        while (_tokens.Current.Kind != TokenKind.End)
        {
            switch (_tokens.Take())
            {
                case { Kind: TokenKind.Text } text:
                    statements.Add(new Text(text.Text));
                    break;
                case { Kind: TokenKind.OutputBegin }:
                    statements.Add(new Output(_expressions.ReadTuple()));
                    _tokens.Expect(TokenKind.OutputEnd);
                    break;
                default:
                    if (ends.Contains(_tokens.Current.Text))
                    {
                        return new Block(statements);
                    }

                    statements.Add(_tokens.Nested(ReadBlock));
                    break;
            }
        }

        return ends.Length == 0 ? new Block(statements) : throw _tokens.Fault($"'{{% {ends[^1]} %}}'");
    }

    private Statement ReadBlock()
    {
        var name = _tokens.Expect(TokenKind.Name);
        return name.Text switch
        {
            "if" => ReadIf(),
            "for" => ReadFor(),
            "set" => ReadSet(),
            "macro" => ReadMacro(),
            "filter" => ReadFilter(),
            // Marks what the model says, for those who train it.
            "generation" => ReadUntilEnd("endgeneration"),
            "break" => End(new Jump(Flow.Break)),
            "continue" => End(new Jump(Flow.Continue)),
            _ => throw new JinjaException($"line {name.Line}: there is no block '{name.Text}' here"),
        };
    }

    private T End<T>(T statement)
    {
        _tokens.Expect(TokenKind.BlockEnd);
        return statement;
    }

    private Block ReadUntilEnd(string end)
    {
        _tokens.Expect(TokenKind.BlockEnd);
        var body = ReadBody(end);
        _tokens.Expect(end);
        return End(body);
    }

    private If ReadIf()
    {
        var branches = new List<(Expression?, Block)>();
        var condition = End(_expressions.ReadTuple());
        while (true)
        {
            branches.Add((condition, ReadBody("elif", "else", "endif")));
            if (_tokens.Skip("elif"))
            {
                condition = End(_expressions.ReadTuple());
            }
            else if (_tokens.Skip("else"))
            {
                branches.Add((null, ReadUntilEnd("endif")));
                return new If(branches);
            }
            else
            {
                _tokens.Expect("endif");
                return End(new If(branches));
            }
        }
    }

    private For ReadFor()
    {
        var names = ReadNames();
        _tokens.Expect("in");
        var of = _expressions.ReadTuple(withCondition: false);
        var condition = _tokens.Skip("if") ? _expressions.Read() : null;
        _tokens.Expect(TokenKind.BlockEnd);
        var body = ReadBody("else", "endfor");
        if (_tokens.Skip("else"))
        {
            return new For(names, of, condition, body, ReadUntilEnd("endfor"));
        }

        _tokens.Expect("endfor");
        return End(new For(names, of, condition, body, null));
    }

    private Statement ReadSet()
    {
        var target = ReadNames();
        if (target.Names.Count == 1 && _tokens.Skip("."))
        {
            target = target with { Attribute = _tokens.Expect(TokenKind.Name).Text };
        }

        return _tokens.Skip("=")
            ? End(new Set(target, _expressions.ReadTuple()))
            : new Capture(target, ReadUntilEnd("endset"));
    }

    private Macro ReadMacro()
    {
        var name = _tokens.Expect(TokenKind.Name).Text;
        var parameters = new List<(string, Expression?)>();
        _tokens.Expect("(");
        while (!_tokens.Skip(")"))
        {
            var parameter = _tokens.Expect(TokenKind.Name).Text;
            parameters.Add((parameter, _tokens.Skip("=") ? _expressions.Read() : null));
            if (!_tokens.Is(")"))
            {
                _tokens.Expect(",");
            }
        }

        return new Macro(name, parameters, ReadUntilEnd("endmacro"));
    }

    private FilterBlock ReadFilter()
    {
        var filter = Filters.Get(_tokens.Expect(TokenKind.Name).Text);
        var given = _tokens.Is("(") ? _expressions.ReadArguments() : CallArguments.None;
        return new FilterBlock(value => new Filtered(value, filter, given), ReadUntilEnd("endfilter"));
    }

    private Target ReadNames()
    {
        var isWrapped = _tokens.Skip("(");
        var names = new List<string> { _tokens.Expect(TokenKind.Name).Text };
        while (_tokens.Skip(","))
        {
            names.Add(_tokens.Expect(TokenKind.Name).Text);
        }

        if (isWrapped)
        {
            _tokens.Expect(")");
        }

        return new Target(names);
    }
}
