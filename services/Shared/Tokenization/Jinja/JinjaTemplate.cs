namespace Sensorium.Tokenization.Jinja;

/// <summary>
/// A template in the part of Jinja that chat templates are written in. It reads nothing but what it is given, and what a rendering may
/// cost is bounded. Safe for concurrent use.
/// </summary>
public sealed class JinjaTemplate
{
    private const int MostSteps = 2_000_000;
    private const int MostCharacters = 16 << 20;
    private const int MostDepth = 100;

    private readonly Block _body;

    private JinjaTemplate(Block body) => _body = body;

    /// <exception cref="JinjaException">The template is not written in what is known here; names the line.</exception>
    public static JinjaTemplate Parse(string template) => new(new StatementParser(new TokenReader(Lexer.Read(template), MostDepth)).ReadAll());

    /// <param name="values">Null, bool, long, double, string, lists and maps of them, by their names.</param>
    /// <param name="now">What the template takes for the present.</param>
    /// <exception cref="JinjaException">The template says no, uses what is not there, or costs too much.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values, Func<DateTimeOffset> now)
    {
        var scope = new Scope(new Budget(MostSteps, MostCharacters, MostDepth));
        scope["strftime_now"] = Globals.Clock(now);
        foreach (var (name, value) in values)
        {
            scope[name] = value;
        }

        try
        {
            _body.Execute(scope);
            return scope.Output.ToString();
        }
        catch (InsufficientExecutionStackException)
        {
            throw new JinjaException("the template is nested too deeply");
        }
    }
}
