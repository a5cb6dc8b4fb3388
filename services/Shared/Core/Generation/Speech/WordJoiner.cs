using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Speech;

/// <summary>
/// Tokens joined to words as Whisper's tokenizer does it: at white space, or at every character in languages that write none; punctuation
/// goes with the word that it opens or closes.
/// </summary>
internal sealed class WordJoiner(ITokenizer tokenizer)
{
    private const string Opening = "\"'“¡¿([{-";
    private const string Closing = "\"'.。,，!！?？:：”)]}、";
    private static readonly string[] WithoutSpaces = ["zh", "ja", "th", "lo", "my", "yue"];

    /// <summary>Words with the places of their tokens.</summary>
    /// <param name="tokens">Tokens of text alone.</param>
    /// <param name="language">Empty for a model of one language.</param>
    public IReadOnlyList<Word> Join(IReadOnlyList<int> tokens, string language)
    {
        var words = new List<Word>();
        foreach (var piece in Pieces(tokens))
        {
            var begins = words.Count == 0 || WithoutSpaces.Contains(language) || piece.Text.StartsWith(' ') || IsPunctuation(piece.Text.Trim());
            if (begins)
            {
                words.Add(piece);
            }
            else
            {
                words[^1] = words[^1].With(piece);
            }
        }

        return Attach(words);
    }

    // Tokens that are whole characters together.
    private List<Word> Pieces(IReadOnlyList<int> tokens)
    {
        var pieces = new List<Word>();
        var (bytes, first) = (new List<byte>(), 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            bytes.AddRange(tokenizer.TokenBytes(tokens[i]).Span);
            var text = System.Text.Encoding.UTF8.GetString(bytes.ToArray());
            if (!text.Contains('\uFFFD', StringComparison.Ordinal) || i == tokens.Count - 1)
            {
                pieces.Add(new Word(text, first, i));
                bytes.Clear();
                first = i + 1;
            }
        }

        return pieces;
    }

    private static List<Word> Attach(List<Word> words)
    {
        for (var i = words.Count - 2; i >= 0; i--)
        {
            if (words[i].Text.StartsWith(' ') && Opening.Contains(words[i].Text.Trim(), StringComparison.Ordinal))
            {
                words[i] = words[i].With(words[i + 1]);
                words.RemoveAt(i + 1);
            }
        }

        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i - 1].Text.EndsWith(' ') && Closing.Contains(words[i].Text, StringComparison.Ordinal))
            {
                words[i - 1] = words[i - 1].With(words[i]);
                words.RemoveAt(i--);
            }
        }

        return words;
    }

    private static bool IsPunctuation(string text) => text.Length > 0 && text.All(char.IsPunctuation);
}

/// <param name="Text">With the white space before it.</param>
/// <param name="First">Place of its first token.</param>
/// <param name="Last">Place of its last token.</param>
internal sealed record Word(string Text, int First, int Last)
{
    public Word With(Word next) => new(Text + next.Text, First, next.Last);
}
