using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>What the face serves, and which members of a request it knows.</summary>
internal static class TeiEndpoints
{
    private const string Face = "TEI";

    private static readonly FaceField Truncate = new("truncate", "reads the beginning of texts that are too long; else they are refused");
    private static readonly FaceField Direction = FaceField.Refused("truncation_direction", "texts are cut at their end", "\"right\"", "\"Right\"");

    public static FaceEndpoint Embed { get; } = new(Face, "Embeds texts with the default text model, or with the one that the path names.",
    [
        new("inputs", "one text, or an array of them"),
        new("prompt_name", "the prompt of the model that goes before each text"),
        new("dimensions", "how many of the first numbers are kept; the rest is scaled to length 1"),
        Truncate,
        Direction,
        FaceField.Refused("normalize", "vectors have length 1", "true"),
    ]);

    public static FaceEndpoint Rerank { get; } = new(Face, "Orders texts by how well they answer a query, with the first model that reranks, or with the one that the path names.",
    [
        new("query", "the question"),
        new("texts", "what is ordered"),
        new("raw_scores", "logits in place of their sigmoids"),
        new("return_text", "each result brings its text"),
        Truncate,
        Direction,
    ]);

    public static FaceEndpoint Predict { get; } = new(Face, "Scores a text by the labels of the first text classifier, or of the one that the path names.",
    [
        new("inputs", "one text, or an array of arrays of one text each"),
        Truncate,
        Direction,
        FaceField.Refused("raw_scores", "scores are those that the model was trained for"),
    ]);

    public static FaceEndpoint Similarity { get; } = new(Face, "Compares one sentence with others.",
    [
        new("inputs", "an object: `source_sentence`, a text, and `sentences`, an array of texts"),
        new("parameters", "an object with `truncate` and `prompt_name`"),
    ]);

    public static FaceEndpoint Info { get; } = new(Face, "Tells which model answers, and its limits.", []);
}
