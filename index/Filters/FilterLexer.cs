using System.Text;
using Sensorium.Core.Errors;

namespace Sensorium.Index.Filters;

/// <summary>Cuts a filter into tokens.</summary>
internal sealed class FilterLexer(string text, string field)
{
    private static readonly string[] Words = ["AND", "OR", "NOT", "IN", "EXISTS", "TRUE", "FALSE"];
    private static readonly string[] Operators = ["==", "!=", "<>", "<=", ">=", "=", "<", ">"];
    private int _position;

    /// <exception cref="SensoriumException">INVALID_FILTER.</exception>
    public FilterToken Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        return _position == text.Length ? new FilterToken(FilterTokenKind.End, "", _position) : Read(text[_position]);
    }

    /// <summary>A fault at a character, counted from 1 in the message and from 0 in what programs read.</summary>
    public SensoriumException Fault(int position, string fault) => new(
        ErrorCode.InvalidArgument, ErrorReasons.InvalidFilter, $"{field}, at character {position + 1}: {fault}.")
    {
        Field = field,
        Metadata = new Dictionary<string, string> { ["position"] = $"{position}" },
    };

    private FilterToken Read(char first) => first switch
    {
        '(' => Take(FilterTokenKind.Open, 1),
        ')' => Take(FilterTokenKind.Close, 1),
        ',' => Take(FilterTokenKind.Comma, 1),
        '\'' or '"' => ReadText(first),
        '=' or '!' or '<' or '>' => ReadOperator(),
        '@' or '_' => ReadName(),
        '-' or '+' or '.' => ReadNumber(),
        _ when char.IsAsciiDigit(first) => ReadNumber(),
        _ when char.IsAsciiLetter(first) => ReadName(),
        _ => throw Fault(_position, $"\"{first}\" means nothing here"),
    };

    private FilterToken Take(FilterTokenKind kind, int length)
    {
        var token = new FilterToken(kind, text.Substring(_position, length), _position);
        _position += length;
        return token;
    }

    private FilterToken ReadOperator()
    {
        var found = Array.Find(Operators, name => string.CompareOrdinal(text, _position, name, 0, name.Length) == 0);
        return found is null ? throw Fault(_position, "\"!\" means nothing without \"=\"; say NOT") : Take(FilterTokenKind.Operator, found.Length);
    }

    private FilterToken ReadName()
    {
        var token = Take(FilterTokenKind.Name, LengthWhile(1, character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.'));
        var word = token.Text.ToUpperInvariant();
        return Words.Contains(word) ? token with { Kind = FilterTokenKind.Word, Text = word } : token;
    }

    private FilterToken ReadNumber() =>
        Take(FilterTokenKind.Number, LengthWhile(1, character => char.IsAsciiLetterOrDigit(character) || character is '.' or '+' or '-'));

    private int LengthWhile(int length, Func<char, bool> belongs)
    {
        while (_position + length < text.Length && belongs(text[_position + length]))
        {
            length++;
        }

        return length;
    }

    // A quote within is doubled, or has a backslash before it.
    private FilterToken ReadText(char quote)
    {
        var start = _position++;
        var read = new StringBuilder();
        while (_position < text.Length)
        {
            var character = text[_position++];
            if (character == quote && (_position == text.Length || text[_position] != quote))
            {
                return new FilterToken(FilterTokenKind.Text, read.ToString(), start);
            }

            if ((character == quote || character == '\\') && _position < text.Length)
            {
                character = text[_position++];
            }

            read.Append(character);
        }

        throw Fault(start, "the string that begins here has no end");
    }
}
