using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Chat;

/// <summary>Turns a conversation into the tokens that a model reads.</summary>
internal sealed class ChatPrompt(IModelTokenizer tokenizer, ChatModel model, ModelIdentity identity, int capacity)
{
    // Normalising may shorten a text, but not by half.
    private const int Slack = 2;

    private readonly int _longestToken = Enumerable.Range(0, tokenizer.VocabularySize).Max(id => tokenizer.TokenBytes(id).Length);
    private readonly CallersWords _words = new(tokenizer.SpecialTokens);

    /// <summary>Refuses what the model cannot read before anything is encoded for it.</summary>
    /// <exception cref="SensoriumException">FAILED_PRECONDITION that names what the model cannot do, or PROMPT_TOO_LONG.</exception>
    public void Check(IReadOnlyList<ChatMessage> messages)
    {
        if (model.Template is null && messages is not [{ Role: ChatRole.User, Parts: [ChatText] }])
        {
            throw Mismatch("has no chat template, so that it continues the text of one message of the user and reads nothing else");
        }

        if (model.Pictures is null && messages.Any(message => message.Parts.Any(part => part is ChatMedium)))
        {
            throw Mismatch("reads text alone");
        }

        // Megabytes are refused before they are tokenised.
        var characters = messages.Sum(message => message.Parts.OfType<ChatText>().Sum(part => (long)part.Text.Length));
        if (characters > (long)Slack * capacity * Math.Max(1, _longestToken))
        {
            throw TooLong($"{characters} characters");
        }
    }

    /// <param name="messages">That have been checked.</param>
    /// <param name="media">Segments of each medium, in the order of the messages.</param>
    public int[] Read(IReadOnlyList<ChatMessage> messages, IReadOnlyList<IReadOnlyList<EncodedSegment>> media)
    {
        var written = Write(messages, [.. media.Select(PicturesOf)]);
        var (text, words) = CallersWords.Release(written);
        var encoding = tokenizer.Encode(text, null, new TokenizerOptions
        {
            // A template writes all special tokens itself.
            AddSpecialTokens = model.Template is null,
            AddedTokens = AddedTokenMatching.All,
            Words = words,
        });
        return encoding.Ids.Count switch
        {
            0 => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "messages hold no word that the model could read.", "messages"),
            var count when count >= capacity => throw TooLong($"{count} tokens"),
            _ => [.. encoding.Ids],
        };
    }

    // A clip is read as its frames, each a picture of its own, unless the model reads them as one.
    private IReadOnlyList<IReadOnlyList<EncodedSegment>> PicturesOf(IReadOnlyList<EncodedSegment> segments) =>
        segments[0].Range is null || model.Pictures is { JoinsFrames: true } or { Clip: not null } ? [segments] : [.. segments.Select(IReadOnlyList<EncodedSegment> (segment) => [segment])];

    private string Write(IReadOnlyList<ChatMessage> messages, IReadOnlyList<IReadOnlyList<IReadOnlyList<EncodedSegment>>> media)
    {
        ChatMessage[] guarded = [.. messages.Select(message => message with { Parts = [.. message.Parts.SelectMany(part => Guard(part, media))] })];
        if (model.Template is not { } template)
        {
            return ((ChatText)guarded[0].Parts[0]).Text;
        }

        var text = Render(template, guarded);
        return model.Pictures is not { } marks
            ? text
            : PictureWords.Expand(text, marks.Picture, [
                .. media.SelectMany((pictures, index) => pictures.Select(segments => WordsOf(marks, segments, isFirst: IsFirst(index, messages)))),
            ])
                ?? throw Mismatch("cannot read this conversation: its chat template does not write each of its pictures once");
    }

    // Templates leave out the space behind the speaker before a picture alone.
    private static string WordsOf(PictureMarks marks, IReadOnlyList<EncodedSegment> segments, bool isFirst) =>
        marks.Clip is null || segments[0].Range is null ? PictureWords.Of(marks, segments)
        : isFirst ? $" {ClipWords.Of(marks, segments)}"
        : ClipWords.Of(marks, segments);

    private static bool IsFirst(int medium, IEnumerable<ChatMessage> messages) =>
        messages.Any(message => message.Parts is [ChatMedium { Index: var index }, ..] && index == medium);

    private IEnumerable<ChatPart> Guard(ChatPart part, IReadOnlyList<IReadOnlyList<IReadOnlyList<EncodedSegment>>> media) => part switch
    {
        ChatText words => [new ChatText(_words.Guard(words.Text))],
        ChatMedium medium => Enumerable.Repeat(medium, media[medium.Index].Count),
        _ => [part],
    };

    private string Render(IChatTemplate template, ChatMessage[] messages)
    {
        try
        {
            return template.Render(messages);
        }
        catch (ChatTemplateException error)
        {
            throw Mismatch($"cannot read this conversation: its chat template says: {error.Message}");
        }
    }

    private SensoriumException Mismatch(string fault) =>
        new(ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch, $"Model '{identity.Id}' {fault}.");

    private SensoriumException TooLong(string length) => SensoriumException.Invalid(
        ErrorReasons.PromptTooLong, $"The conversation has {length}; it and the answer together have room for {capacity} tokens.", "messages");
}
