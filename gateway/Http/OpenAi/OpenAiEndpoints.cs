using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>What the face serves, and which members of a request it knows.</summary>
internal static class OpenAiEndpoints
{
    private const string Face = "OpenAI";
    private const string Form = "multipart/form-data";

    private static readonly FaceField Model = new("model", "id or alias of a model, with `@revision` if that matters");

    public static FaceEndpoint Models { get; } = new(Face, "Lists the models that are served.", []);

    public static FaceEndpoint OneModel { get; } = new(Face, "Tells one model.", []);

    public static FaceEndpoint Embeddings { get; } = new(Face, "Embeds texts, pictures, sounds and clips into one space; also in the shapes of Jina, infinity, vLLM and llama.cpp.",
    [
        Model,
        new("input", "a string, a content object, or an array of them; a data: URI in base64 is the medium in it"),
        new("messages", "in place of `input`: one message of one part"),
        new("modality", "what the strings of `input` are: text, image, audio or video; those of media are URIs or base64"),
        new("encoding_format", "`float` or `base64` (little-endian float32)"),
        new("embedding_type", "as `encoding_format`"),
        new("dimensions", "how many of the first numbers are kept; the rest is scaled to length 1"),
        new("truncate", "reads the beginning of texts that are too long; else they are refused"),
        new("prompt_name", "the prompt of the model that goes before each text"),
        new("task", "as `prompt_name`"),
        new("user", "must be a string; it is not kept"),
        FaceField.Refused("normalized", "vectors have length 1", "true"),
        FaceField.Refused("late_chunking", "each input is embedded for itself"),
    ]);

    public static FaceEndpoint Transcriptions { get; } = new(Face, "Writes down what is said in a sound or a clip, in its language.", Speech) { RequestType = Form };

    public static FaceEndpoint Translations { get; } = new(Face, "Writes down in English what is said in a sound or a clip.", Speech) { RequestType = Form };

    private static FaceField[] Speech =>
    [
        new("file", "the sound, or a clip with sound"),
        Model,
        new("language", "that is spoken; without it the model tells"),
        new("response_format", "`json`, `text`, `srt`, `vtt` or `verbose_json`"),
        new("timestamp_granularities", "`segment`, `word` or both, with `verbose_json`"),
        new("stream", "sends each segment when it is written"),
        new("chunking_strategy", "`auto`"),
        new("temperature", "from 0 to 1: where what it gives is repetitive or unlikely, a window is written again at 0.2 more, up to 1; without it, the likeliest words alone"),
        new("prompt", "words that the model goes on from, if it reads such"),
        FaceField.Refused("include", "log-probabilities of single tokens are not told"),
        FaceField.Refused("languages", "one language can be named, as `language`"),
        FaceField.Refused("keywords", "words cannot be preferred"),
        FaceField.Refused("known_speaker_names", "speakers are not told apart"),
        FaceField.Refused("known_speaker_references", "speakers are not told apart"),
    ];
}
