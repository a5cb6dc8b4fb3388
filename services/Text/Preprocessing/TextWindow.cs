using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Tokenization;

namespace Sensorium.Text.Preprocessing;

/// <summary>Text to the model's tokens: the opening token, the text's, the closing token; cut at the model's limit.</summary>
internal sealed class TextWindow : ITextWindow
{
    private const int Frame = 2;

    private static readonly Dictionary<string, string> NoPrompts = [];

    private readonly ITokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _longestToken;
    private readonly Func<string, IReadOnlyList<int>>? _whole;

    public TextWindow(ITokenizer tokenizer, int maxTokens)
    {
        _tokenizer = tokenizer;
        _maxTokens = maxTokens - Frame;
        _longestToken = Enumerable.Range(0, tokenizer.VocabularySize).Max(id => tokenizer.TokenBytes(id).Length);
    }

    /// <summary>Texts as the tokenizer's own template frames them, filled up to the model's limit.</summary>
    public TextWindow(IModelTokenizer tokenizer, int maxTokens, Padding padding)
        : this(tokenizer, maxTokens)
    {
        var framed = new TokenizerOptions();
        _maxTokens = maxTokens - tokenizer.Encode("", null, framed).Ids.Count;
        var whole = framed with { Truncation = new Truncation(maxTokens), Padding = padding };
        _whole = text => tokenizer.Encode(text, null, whole).Ids;
    }

    public int MaxTokens => _maxTokens;

    public int MaxBytes => (_maxTokens + 1) * _longestToken;

    public int CountTokens(string text) => _tokenizer.Encode(text).Count;

    public TokenInput Cut(string text, bool alreadyCut, PreprocessingRequest request)
    {
        ReadingRules.RequireSingle(request.Text);
        ReadingRules.PromptOf(request.Text, NoPrompts);
        var summary = request.Summary;
        var ids = _tokenizer.Encode(text);
        if (alreadyCut || ids.Count > _maxTokens)
        {
            summary.Truncated = true;
            summary.Warnings.Add(new MediaWarning(
                WarningReasons.TextTruncated,
                $"The text has {(alreadyCut ? "more than " : "")}{Math.Max(ids.Count, _maxTokens)} tokens; the model reads the first {_maxTokens}."));
        }

        if (_whole is not null)
        {
            return new TokenInput([.. _whole(text).Select(id => (long)id)]);
        }

        var input = new long[Math.Min(ids.Count, _maxTokens) + Frame];
        input[0] = _tokenizer.BosTokenId;
        for (var i = 0; i < input.Length - Frame; i++)
        {
            input[i + 1] = ids[i];
        }

        input[^1] = _tokenizer.EosTokenId;
        return new TokenInput(input);
    }
}
