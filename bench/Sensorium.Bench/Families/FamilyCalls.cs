using System.Text.Json;
using Sensorium.V1;

namespace Sensorium.Bench.Families;

/// <summary>
/// The requests that make up a question: one where Sensorium can be asked so, told by what is asked and answered, so that a new model
/// of a known kind of answer needs nothing here.
/// </summary>
internal sealed class FamilyCalls(FamilyQuestion asked, JsonElement answer, string mediaFolder)
{
    private JsonElement Question => asked.Question;

    /// <summary>A model that writes, token by token.</summary>
    public bool IsDecoder => Has(answer, "captions") || Has(answer, "answers") || (Has(answer, "transcripts") && answer.GetProperty("transcripts").EnumerateArray().All(one => Has(one, "tokens")));

    /// <summary>None for an answer of a kind that is not known here.</summary>
    public IReadOnlyList<FamilyCall> All => [.. Pairs(), .. Texts(), .. Vectors(), .. Labels(), .. Entailed(), .. Sorted(), .. Joint(), .. Captions(), .. Transcripts(), .. Chats(), .. Prompts()];

    private IEnumerable<FamilyCall> Pairs() => Has(answer, "raw")
        ? [new FamilyCall(client => client.RerankAsync(asked.Model, Text(Question, "query"), Strings("documents")), new FamilyAnswer(Numbers(answer.GetProperty("raw"))))]
        : [];

    private IEnumerable<FamilyCall> Texts() => Has(answer, "plain")
        ? [Embedding(
            [.. Strings("texts").SelectMany(text => new[] { Of(text), Of(Text(Question, "prompt") + text) })],
            [.. Rows("plain").Zip(Rows("prompted"), (plain, prompted) => plain.Concat(prompted)).SelectMany(row => row)])]
        : [];

    private IEnumerable<FamilyCall> Vectors() => Has(answer, "vectors") ? [Embedding(Items(), [.. Rows("vectors").SelectMany(row => row)])] : [];

    // In the order of the model's labels.
    private IEnumerable<FamilyCall> Labels() => Has(answer, "labels") && Has(answer, "scores")
        ? [Classification(Items(), [.. answer.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)], null, "scores")]
        : [];

    // How well labels in words follow from texts: against each other, each for itself, and in other sentences.
    private IEnumerable<FamilyCall> Entailed() => Has(answer, "softmax") && Has(answer, "independent") && Has(answer, "templated")
        ?
        [
            Classification(Items(), Strings("labels"), [], "softmax", Scoring.Softmax),
            Classification(Items(), Strings("labels"), [], "independent", Scoring.Independent),
            Classification(Items(), Strings("labels"), [Text(Question, "template")], "templated", Scoring.Softmax),
        ]
        : [];

    // The likeliest first; the labels of each item in an order of their own.
    private IEnumerable<FamilyCall> Sorted() => Has(answer, "items")
        ? Items().Zip(answer.GetProperty("items").EnumerateArray(), (item, labels) => new FamilyCall(
            client => client.ClassifyAsync(asked.Model, [item], [.. labels.EnumerateArray().Select(label => label.GetProperty("name").GetString()!)], null),
            new FamilyAnswer([.. labels.EnumerateArray().Select(label => label.GetProperty("score").GetDouble())])))
        : [];

    // Texts and media of one space, and the texts as labels of the media.
    private IEnumerable<FamilyCall> Joint()
    {
        if (!Has(answer, "texts") || Array.Find(["pictures", "sounds"], kind => Has(answer, kind)) is not { } kind)
        {
            yield break;
        }

        var (texts, media) = (Strings("texts"), Strings(kind).Select(Medium).ToArray());
        yield return Embedding([.. texts.Select(Of), .. media], [.. Rows("texts").Concat(Rows(kind)).SelectMany(row => row)]);
        if (Has(answer, "scores"))
        {
            yield return Classification(media, texts, [Has(Question, "template") ? Text(Question, "template") : "{}"], "scores");
        }
    }

    private IEnumerable<FamilyCall> Captions() => Has(answer, "captions")
        ? Strings("pictures").Select((name, i) => new FamilyCall(
            client => client.CaptionAsync(asked.Model, Medium(name)), new FamilyAnswer([], Tokens(answer.GetProperty("captions")[i]))))
        : [];

    // With times, the peer writes twice: so is Sensorium asked.
    private IEnumerable<FamilyCall> Transcripts() => Has(answer, "transcripts")
        ? answer.GetProperty("transcripts").EnumerateArray().SelectMany(expected => (Has(expected, "times") ? (bool[])[false, true] : [false]).Select(words => new FamilyCall(
            client => client.TranscribeAsync(asked.Model, Medium(Text(expected, "sound")), Text(expected, "language"), Text(expected, "task"), words, byTokens: Has(expected, "tokens")),
            new FamilyAnswer([], Has(expected, "tokens") ? Tokens(expected) : Text(expected, "text")))))
        : [];

    private IEnumerable<FamilyCall> Chats() => Has(answer, "answers") && Has(Question, "chats")
        ? Question.GetProperty("chats").EnumerateArray().Select((chat, i) => new FamilyCall(
            client => client.GenerateAsync(asked.Model, [.. chat.EnumerateArray().Select(Message)], Question.GetProperty("tokens").GetInt32()),
            new FamilyAnswer([], Tokens(answer.GetProperty("answers")[i]))))
        : [];

    private IEnumerable<FamilyCall> Prompts() => Has(answer, "answers") && Has(Question, "prompts")
        ? Question.GetProperty("prompts").EnumerateArray().Select((prompt, i) => new FamilyCall(
            client => client.CaptionAsync(asked.Model, Medium(Text(prompt, "picture")), Text(prompt, "prompt"), Question.GetProperty("tokens").GetInt32()),
            new FamilyAnswer([], Tokens(answer.GetProperty("answers")[i]))))
        : [];

    // Content is text, or parts of text and pictures.
    private ChatMessage Message(JsonElement message)
    {
        var role = Text(message, "role") switch
        {
            "system" => ChatRole.System,
            "assistant" => ChatRole.Assistant,
            _ => ChatRole.User,
        };
        var content = message.GetProperty("content");
        return new ChatMessage
        {
            Role = role,
            Parts = { content.ValueKind == JsonValueKind.String ? [new ChatPart { Text = content.GetString() }] : content.EnumerateArray().Select(Part) },
        };
    }

    private ChatPart Part(JsonElement part) => Text(part, "type") == "text"
        ? new ChatPart { Text = Text(part, "text") }
        : new ChatPart { Media = Medium(Text(part, Text(part, "type"))) };

    private FamilyCall Embedding(V1.Media[] items, double[] expected) => new(client => client.EmbedAsync(asked.Model, items), new FamilyAnswer(expected));

    private FamilyCall Classification(V1.Media[] items, string[] labels, string[]? templates, string scores, Scoring scoring = Scoring.Unspecified) => new(
        client => client.ClassifyAsync(asked.Model, items, labels, templates, scoring), new FamilyAnswer([.. Rows(scores).SelectMany(row => row)]));

    private V1.Media[] Items() => Has(Question, "texts") ? [.. Strings("texts").Select(Of)] : [.. Strings(Has(Question, "pictures") ? "pictures" : "sounds").Select(Medium)];

    private IEnumerable<double[]> Rows(string name) => answer.GetProperty(name).EnumerateArray().Select(Numbers);

    private V1.Media Medium(string name) => new() { Data = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(File.ReadAllBytes(Path.Combine(mediaFolder, name))) };

    private string[] Strings(string name) => [.. Question.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static V1.Media Of(string text) => new() { Text = text };

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string Text(JsonElement element, string name) => Has(element, name) ? element.GetProperty(name).GetString()! : "";

    private static string Tokens(JsonElement written) => string.Join(' ', written.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
