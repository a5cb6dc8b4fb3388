using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.PostProcessors;

/// <summary>The kinds of post-processors that tokenizer.json may name.</summary>
internal static class PostProcessorReader
{
    private static readonly Dictionary<string, Func<JsonSection, IPostProcessor>> Kinds = new(StringComparer.Ordinal)
    {
        ["Sequence"] = section => new SequencePostProcessor([.. section.Required("processors").Items().Select(Read)]),
        ["BertProcessing"] = section => new BertPostProcessor(ReadToken(section, "cls"), ReadToken(section, "sep")),
        ["RobertaProcessing"] = section => new RobertaPostProcessor(ReadToken(section, "cls"), ReadToken(section, "sep")),
        ["TemplateProcessing"] = TemplatePostProcessor.Read,

        // It moves the places of tokens alone; see TrimsSpaces.
        ["ByteLevel"] = _ => new SequencePostProcessor([]),
    };

    public static IPostProcessor Read(JsonSection section) =>
        Kinds.TryGetValue(section.Type, out var read) ? read(section) : throw section.Unsupported("post_processor", section.Type);

    /// <summary>Whether the places of tokens leave out the white space that the tokens have at their ends.</summary>
    public static bool TrimsSpaces(JsonSection section) => section.Type switch
    {
        "ByteLevel" or "RobertaProcessing" => section.Bool("trim_offsets", true),
        "Sequence" => section.Required("processors").Items().Any(TrimsSpaces),
        _ => false,
    };

    private static int ReadToken(JsonSection section, string name)
    {
        var token = section.Required(name);
        return token.Items().ToArray() is [_, var id] ? id.AsInt() : throw token.Wrong("a token and its id");
    }
}
