using System.Globalization;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Python's methods of texts.</summary>
internal static class TextMethods
{
    /// <summary>Null if there is none of that name.</summary>
    public static JinjaFunction? Find(string text, string name) => name switch
    {
        "strip" => arguments => Strip(text, arguments, atStart: true, atEnd: true),
        "lstrip" => arguments => Strip(text, arguments, atStart: true, atEnd: false),
        "rstrip" => arguments => Strip(text, arguments, atStart: false, atEnd: true),
        "upper" => _ => text.ToUpperInvariant(),
        "lower" => _ => text.ToLowerInvariant(),
        "capitalize" => _ => Capitalized(text),
        "title" => _ => Titled(text),
        "startswith" => arguments => Any(arguments, part => text.StartsWith(part, StringComparison.Ordinal)),
        "endswith" => arguments => Any(arguments, part => text.EndsWith(part, StringComparison.Ordinal)),
        "find" => arguments => (long)text.IndexOf(arguments.Text(0, "sub"), StringComparison.Ordinal),
        "count" => arguments => (long)(text.Split(arguments.Text(0, "sub")).Length - 1),
        "isdigit" => _ => text.Length > 0 && text.All(char.IsDigit),
        "isspace" => _ => text.Length > 0 && text.All(char.IsWhiteSpace),
        "replace" => arguments => Replaced(text, arguments.Text(0, "old"), arguments.Text(1, "new"), arguments.Integer(2, "count", -1), arguments.Scope.Budget),
        "split" => arguments => Split(text, arguments, fromEnd: false),
        "rsplit" => arguments => Split(text, arguments, fromEnd: true),
        "splitlines" => _ => text.Split('\n').ToList<object?>(),
        "join" => arguments => Joined(text, Values.Elements(arguments.Get(0, "iterable")).Select(Values.Text), arguments.Scope.Budget),
        _ => null,
    };

    public static string Capitalized(string text) =>
        text.Length == 0 ? text : string.Concat(text[..1].ToUpperInvariant(), text[1..].ToLowerInvariant());

    public static string Titled(string text) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant());

    public static string Joined(string between, IEnumerable<string> parts, Budget budget)
    {
        string[] all = [.. parts];
        budget.CheckLength(all.Sum(part => (long)part.Length + between.Length));
        return string.Join(between, all);
    }

    public static string Replaced(string text, string old, string with, long count, Budget budget)
    {
        if (old.Length == 0)
        {
            return text;
        }

        var parts = text.Split(old);
        var most = count < 0 ? parts.Length - 1 : (int)Math.Min(count, parts.Length - 1);
        budget.CheckLength(text.Length + ((long)most * with.Length));
        return string.Concat(string.Join(with, parts[..(most + 1)]), string.Concat(parts[(most + 1)..].Select(part => old + part)));
    }

    private static bool Any(Arguments arguments, Func<string, bool> matches) =>
        arguments.Get(0, "prefix") is IReadOnlyList<object?> parts ? parts.Select(Values.Text).Any(matches) : matches(arguments.Text(0, "prefix"));

    private static string Strip(string text, Arguments arguments, bool atStart, bool atEnd)
    {
        char[]? characters = arguments.Get(0, "chars") is string given ? given.ToCharArray() : null;
        text = atStart ? text.TrimStart(characters) : text;
        return atEnd ? text.TrimEnd(characters) : text;
    }

    private static List<object?> Split(string text, Arguments arguments, bool fromEnd)
    {
        var most = arguments.Integer(1, "maxsplit", -1);
        if (arguments.Get(0, "sep") is not string separator)
        {
            return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        }

        if (separator.Length == 0)
        {
            throw new JinjaException("a text is split at an empty one");
        }

        var parts = text.Split(separator).ToList<object?>();
        arguments.Scope.Budget.Step(parts.Count);
        if (most < 0 || parts.Count <= most + 1)
        {
            return parts;
        }

        var rest = (int)(parts.Count - most);
        return fromEnd
            ? [string.Join(separator, parts[..rest]), .. parts[rest..]]
            : [.. parts[..(int)most], string.Join(separator, parts[(int)most..])];
    }
}
