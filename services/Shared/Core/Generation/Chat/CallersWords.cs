using System.Text;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Chat;

/// <summary>
/// Keeps what callers wrote from being read as tokens that mean something to the model, on its way through a template: a mark, which no
/// text has, stands within every special token that is written out in their words.
/// </summary>
internal sealed class CallersWords(IReadOnlyList<string> specialTokens)
{
    // One of the code points that Unicode sets aside for use within programs.
    private const char Mark = '\uFDD0';

    private readonly string[] _specialTokens = [.. specialTokens.OrderByDescending(token => token.Length)];

    public string Guard(string text)
    {
        text = text.Replace(Mark.ToString(), "", StringComparison.Ordinal);
        foreach (var token in _specialTokens)
        {
            text = text.Replace(token, WithMark(token), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The text without marks, and where they were.</summary>
    public static (string Text, IReadOnlyList<TextSpan> Words) Release(string guarded)
    {
        if (!guarded.Contains(Mark, StringComparison.Ordinal))
        {
            return (guarded, []);
        }

        var text = new StringBuilder(guarded.Length);
        var words = new List<TextSpan>();
        foreach (var part in guarded.Split(Mark))
        {
            if (text.Length > 0)
            {
                words.Add(new TextSpan(text.Length - 1, text.Length));
            }

            text.Append(part);
        }

        return (text.ToString(), words);
    }

    private static string WithMark(string token)
    {
        var first = char.IsHighSurrogate(token[0]) && token.Length > 1 ? 2 : 1;
        return string.Concat(token.AsSpan(0, first), Mark.ToString(), token.AsSpan(first));
    }
}
