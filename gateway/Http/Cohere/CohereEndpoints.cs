using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>What the face serves, and which members of a request it knows.</summary>
internal static class CohereEndpoints
{
    private const string Face = "Cohere";

    private static readonly FaceField Model = new("model", "id or alias of a model, with `@revision` if that matters");

    public static FaceEndpoint Rerank { get; } = new(Face, "Orders documents by how well they answer a query.",
    [
        Model,
        new("query", "the question"),
        new("documents", "strings, or objects with a `text`"),
        new("top_n", "how many are answered; without it all"),
        new("return_documents", "each result brings its document"),
        FaceField.Refused("max_tokens_per_doc", "documents are read as far as the model reads", "4096"),
        FaceField.Refused("max_chunks_per_doc", "documents are not cut into chunks", "1"),
        FaceField.Refused("rank_fields", "documents have one field, text"),
        FaceField.Refused("priority", "all callers are alike", "0", "999"),
    ]);

    public static FaceEndpoint Embed { get; } = new(Face, "Embeds texts, pictures, sounds and clips into one space.",
    [
        Model,
        new("texts", "to be embedded; one of `texts`, `images` and `inputs` is given"),
        new("images", "data: URIs"),
        new("inputs", "objects with `content`, an array of one part: text, image_url, input_audio or input_video"),
        new("input_type", "one of the API's; a model that has prompts is told which with `prompt_name`"),
        new("prompt_name", "the prompt of the model that goes before each text"),
        new("embedding_types", "`float`, `int8`, `uint8`, `binary`, `ubinary` and `base64`, one or more"),
        new("output_dimension", "how many of the first numbers are kept; the rest is scaled to length 1"),
        new("truncate", "`END` (which is the default) reads the beginning of texts that are too long, `NONE` refuses them"),
        FaceField.Refused("max_tokens", "texts are read as far as the model reads"),
        FaceField.Refused("priority", "all callers are alike", "0", "999"),
    ]);
}
