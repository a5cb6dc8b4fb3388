using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;

namespace Sensorium.Text.Preprocessing;

/// <summary>
/// Texts and pairs with the opening, separating and closing tokens of tokenizer.json. What is longer than the model reads is refused,
/// or cut if the request says so: of a pair, the text that is longer.
/// </summary>
internal sealed class FramedWindow : ITextWindow
{
    // Longer texts are not even tokenised; few scripts need as many bytes for a token.
    private const int BytesOfToken = 64;

    private readonly IModelTokenizer _tokenizer;
    private readonly EncoderPart _part;
    private readonly int _frame;

    public FramedWindow(IModelTokenizer tokenizer, EncoderPart part)
    {
        (_tokenizer, _part) = (tokenizer, part);
        _frame = tokenizer.Encode("", null, new TokenizerOptions()).Ids.Count;
    }

    public int MaxTokens => _part.MaxTokens - _frame;

    public int MaxBytes => _part.MaxTokens * BytesOfToken;

    public int CountTokens(string text) => _tokenizer.Encode(text).Count;

    public TokenInput Cut(string text, bool alreadyCut, PreprocessingRequest request)
    {
        var reading = request.Text;
        if (!_part.ReadsPairs)
        {
            ReadingRules.RequireSingle(reading);
        }

        text = ReadingRules.PromptOf(reading, _part.Prompts) + text;
        var options = new TokenizerOptions { Truncation = new Truncation(_part.MaxTokens) };
        var tokens = reading.PairedWith is { } first ? _tokenizer.Encode(first, text, options) : _tokenizer.Encode(text, null, options);
        if (alreadyCut || tokens.FullCount > _part.MaxTokens)
        {
            Report(alreadyCut, tokens.FullCount, request);
        }

        return new TokenInput([.. tokens.Ids.Select(id => (long)id)]) { TypeIds = [.. tokens.TypeIds.Select(type => (long)type)] };
    }

    private void Report(bool alreadyCut, int count, PreprocessingRequest request)
    {
        var what = $"{(request.Text.PairedWith is null ? "The text has" : "The pair has")} {(alreadyCut ? "more than " : "")}{count} tokens";
        if (!request.Text.Truncate)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TextTooLong, $"{what}; the model reads {_part.MaxTokens}. Shorten it, or set truncate.", "truncate");
        }

        request.Summary.Truncated = true;
        request.Summary.Warnings.Add(new MediaWarning(WarningReasons.TextTruncated, $"{what}; the model reads the first {_part.MaxTokens}."));
    }
}
