namespace Sensorium.Tokenization.Jinja;

/// <summary>Arithmetic as Python does it, on numbers, texts and lists.</summary>
internal static class Calculator
{
    private const int MostElements = 1 << 16;

    public static object? Apply(object? left, string sign, object? right, Budget budget) => (left, right) switch
    {
        _ when sign == "~" => budget.Made(Joined(Values.Text(left), Values.Text(right), budget)),
        (string a, string b) when sign == "+" => budget.Made(Joined(a, b, budget)),
        (string text, long count) when sign == "*" => Repeat(text, count, budget),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) when sign == "+" => Joined(a, b, budget),
        _ when !Values.IsNumber(left) || !Values.IsNumber(right) =>
            throw new JinjaException($"{Representation.KindOf(left)} {sign} {Representation.KindOf(right)} has no meaning"),
        _ when left is double || right is double || sign == "/" => OfFloats(Values.Float(left), sign, Values.Float(right)),
        _ => OfIntegers(Values.Integer(left), sign, Values.Integer(right)),
    };

    private static string Joined(string left, string right, Budget budget)
    {
        budget.CheckLength((long)left.Length + right.Length);
        return left + right;
    }

    private static List<object?> Joined(IReadOnlyList<object?> left, IReadOnlyList<object?> right, Budget budget)
    {
        if (left.Count + right.Count > MostElements)
        {
            throw new JinjaException($"the template makes a list of more than {MostElements} elements");
        }

        budget.Step(left.Count + right.Count);
        return [.. left, .. right];
    }

    private static string Repeat(string text, long count, Budget budget)
    {
        count = Math.Max(0, count);
        budget.CheckLength(text.Length == 0 ? 0 : count > int.MaxValue ? long.MaxValue : count * text.Length);
        return budget.Made(string.Concat(Enumerable.Repeat(text, (int)Math.Min(count, int.MaxValue))));
    }

    private static double OfFloats(double left, string sign, double right) => sign switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "**" => Math.Pow(left, right),
        _ when right == 0 => throw new JinjaException("division by zero"),
        "/" => left / right,
        "//" => Math.Floor(left / right),
        _ => left - (right * Math.Floor(left / right)),
    };

    private static long OfIntegers(long left, string sign, long right) => sign switch
    {
        "+" => unchecked(left + right),
        "-" => unchecked(left - right),
        "*" => unchecked(left * right),
        "**" => (long)Math.Pow(left, right),
        _ when right == 0 => throw new JinjaException("division by zero"),
        "//" => (long)Math.Floor((double)left / right),
        _ => ((left % right) + right) % right,
    };
}
