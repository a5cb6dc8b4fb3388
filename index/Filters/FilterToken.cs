namespace Sensorium.Index.Filters;

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a string, what stands between the quotes; of a word that the language knows, in capitals.</param>
/// <param name="Position">Of its first character in the filter, from 0.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public override string ToString() => Kind switch
    {
        FilterTokenKind.End => "the end",
        FilterTokenKind.Text => $"'{Text}'",
        _ => $"\"{Text}\"",
    };
}

internal enum FilterTokenKind
{
    End,
    Name,
    Word,
    Text,
    Number,
    Operator,
    Open,
    Close,
    Comma,
}
