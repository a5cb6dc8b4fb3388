using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Filters;

/// <summary>Reads the language of filters, whose grammar docs/search.md gives, by recursive descent.</summary>
internal sealed class FilterParser
{
    private const int MaxLength = 4_096;
    private const int MaxDepth = 64;
    private const int MaxValues = 1_000;

    private static readonly Dictionary<string, Func<int, bool>> Orders = new(StringComparer.Ordinal)
    {
        ["<"] = order => order < 0,
        ["<="] = order => order <= 0,
        [">"] = order => order > 0,
        [">="] = order => order >= 0,
    };

    private readonly FilterLexer _lexer;
    private FilterToken _next;
    private int _depth;

    public FilterParser(string text, string field)
    {
        _lexer = new FilterLexer(text, field);
        if (text.Length > MaxLength)
        {
            throw _lexer.Fault(MaxLength, $"the filter goes on; it has {text.Length} characters, at most {MaxLength} are read");
        }

        _next = _lexer.Next();
    }

    public ItemFilter Parse()
    {
        var filter = ParseAny();
        return _next.Kind == FilterTokenKind.End ? filter : throw Expected("AND, OR or the end");
    }

    private ItemFilter ParseAny()
    {
        List<ItemFilter> parts = [ParseAll()];
        while (TakeWord("OR"))
        {
            parts.Add(ParseAll());
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private ItemFilter ParseAll()
    {
        List<ItemFilter> parts = [ParseOne()];
        while (TakeWord("AND"))
        {
            parts.Add(ParseOne());
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private ItemFilter ParseOne()
    {
        if (++_depth > MaxDepth)
        {
            throw _lexer.Fault(_next.Position, $"more than {MaxDepth} conditions are within each other");
        }

        var filter = ParseUncounted();
        _depth--;
        return filter;
    }

    private ItemFilter ParseUncounted()
    {
        if (TakeWord("NOT"))
        {
            return new Not(ParseOne());
        }

        if (TakeWord("EXISTS"))
        {
            return new Exists(TakeName());
        }

        if (_next.Kind != FilterTokenKind.Open)
        {
            return ParseComparison();
        }

        Take();
        var inner = ParseAny();
        Take(FilterTokenKind.Close, "\")\"");
        return inner;
    }

    private ItemFilter ParseComparison()
    {
        var name = TakeName();
        if (TakeWord("NOT"))
        {
            return TakeWord("IN") ? new Not(new In(name, TakeValues())) : throw Expected("IN");
        }

        if (TakeWord("IN"))
        {
            return new In(name, TakeValues());
        }

        var comparison = Take(FilterTokenKind.Operator, "=, !=, <, <=, >, >= or IN").Text;
        return comparison switch
        {
            "=" or "==" => new In(name, [TakeValue()]),
            "!=" or "<>" => new Not(new In(name, [TakeValue()])),
            _ => new Ordered(name, TakeValue(), Orders[comparison]),
        };
    }

    private List<MetadataValue> TakeValues()
    {
        Take(FilterTokenKind.Open, "\"(\"");
        List<MetadataValue> values = [TakeValue()];
        while (_next.Kind == FilterTokenKind.Comma)
        {
            Take();
            values.Add(values.Count < MaxValues ? TakeValue() : throw _lexer.Fault(_next.Position, $"the list goes on; at most {MaxValues} values are read"));
        }

        Take(FilterTokenKind.Close, "\",\" or \")\"");
        return values;
    }

    private MetadataValue TakeValue()
    {
        var token = _next;
        switch (token.Kind)
        {
            case FilterTokenKind.Text:
                Take();
                return MetadataValue.Of(token.Text);
            case FilterTokenKind.Number:
                Take();
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? MetadataValue.Of(number)
                    : throw _lexer.Fault(token.Position, $"\"{token.Text}\" is not a number");
            case FilterTokenKind.Word when token.Text is "TRUE" or "FALSE":
                Take();
                return MetadataValue.Of(token.Text == "TRUE");
            default:
                throw Expected("a string in quotes, a number, true or false");
        }
    }

    private string TakeName()
    {
        var token = Take(FilterTokenKind.Name, "the name of a field, NOT, EXISTS or \"(\"");
        return FilterFields.IsKnown(token.Text)
            ? token.Text
            : throw _lexer.Fault(token.Position, $"there is no {token.Text}; known are {string.Join(", ", FilterFields.Names)}");
    }

    private bool TakeWord(string word)
    {
        var found = _next.Kind == FilterTokenKind.Word && _next.Text == word;
        if (found)
        {
            Take();
        }

        return found;
    }

    private FilterToken Take(FilterTokenKind kind, string expected) => _next.Kind == kind ? Take() : throw Expected(expected);

    private FilterToken Take()
    {
        var token = _next;
        _next = _lexer.Next();
        return token;
    }

    private SensoriumException Expected(string what) => _lexer.Fault(_next.Position, $"expected {what}, found {_next}");
}
