using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>What the face serves, and which members of a request it knows.</summary>
internal static class OllamaEndpoints
{
    private const string Face = "Ollama";

    private static readonly FaceField Model = new("model", "id or alias of a model; `:latest` is ignored");
    private static readonly FaceField KeepAlive = new("keep_alive", "how long a model stays in memory is a setting; 0, which asks to unload it, is refused");

    public static FaceEndpoint Version { get; } = new(Face, "The version of Sensorium.", []);

    public static FaceEndpoint Tags { get; } = new(Face, "Lists the models that are served.", []);

    public static FaceEndpoint Running { get; } = new(Face, "Lists the models that are in memory.", []);

    public static FaceEndpoint Show { get; } = new(Face, "Tells one model.", [Model, new("name", "as `model`"), FaceField.Refused("system", "a model is shown as it is"), FaceField.Refused("template", "a model is shown as it is")]);

    public static FaceEndpoint Embed { get; } = new(Face, "Embeds texts, pictures, sounds and clips into one space.",
    [
        Model,
        new("input", "a text, or an array of texts and of media: data: URIs, `{\"image\": BASE64}`, `{\"audio\": BASE64}`, `{\"video\": BASE64}`, or content objects of OpenAI"),
        new("truncate", "reads the beginning of texts that are too long, which is the default; false refuses them"),
        new("dimensions", "how many of the first numbers are kept; the rest is scaled to length 1"),
        KeepAlive,
        FaceField.Refused("options", "embedding has no options"),
    ]);

    public static FaceEndpoint Embeddings { get; } = new(Face, "Embeds one text; the older form of /api/embed.",
        [Model, new("prompt", "the text"), KeepAlive, FaceField.Refused("options", "embedding has no options")]);
}
