using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>What is known of requests for an answer in words.</summary>
internal static class OllamaAnswerEndpoints
{
    private static readonly FaceField[] Common =
    [
        new("model", "id or alias of a model; `:latest` is ignored"),
        new("stream", "sends each token when it is there, which is the default"),
        new("options", "temperature, top_p, top_k, seed, num_predict, stop and repeat_penalty; others are refused"),
        new("keep_alive", "how long a model stays in memory is a setting; 0, which asks to unload it, is refused"),
        FaceField.Refused("format", "answers are text"),
        FaceField.Refused("think", "the models here do not reason apart from their answer"),
        FaceField.Refused("logprobs", "they are told by /v1/chat/completions"),
        FaceField.Refused("top_logprobs", "they are not told", "0"),
        FaceField.Refused("truncate", "what is too long is refused"),
        FaceField.Refused("shift", "what is too long is refused"),
    ];

    public static FaceEndpoint Chat { get; } = new("Ollama", "Answers a conversation of texts, pictures, sounds and clips.",
    [
        new("messages", "roles system, user and assistant; `images` are media of any kind in base64"),
        .. Common,
        FaceField.Refused("tools", "the models here call no tools"),
    ]);

    public static FaceEndpoint Generate { get; } = new("Ollama", "Answers a text, with or without media.",
    [
        new("prompt", "the text"),
        new("system", "goes before `prompt` as a message of the system"),
        new("images", "media of any kind in base64"),
        .. Common,
        FaceField.Refused("suffix", "nothing is filled in before a text"),
        FaceField.Refused("template", "a model has its own"),
        FaceField.Refused("raw", "texts go through the model's template"),
        FaceField.Refused("context", "nothing is kept; see /api/chat"),
    ]);

    /// <summary>The member "options" of both.</summary>
    public static FaceEndpoint Options { get; } = new("Ollama", "",
    [
        .. new[]
        {
            "num_ctx", "num_keep", "num_batch", "num_gpu", "main_gpu", "num_thread", "use_mmap", "use_mlock", "numa", "low_vram", "vocab_only", "f16_kv",
        }.Select(name => FaceField.Refused(name, "how a model runs is a setting of the server")),
        .. new[] { "min_p", "typical_p", "tfs_z", "mirostat", "mirostat_tau", "mirostat_eta", "presence_penalty", "frequency_penalty", "repeat_last_n", "penalize_newline" }
            .Select(name => FaceField.Refused(name, "tokens are not chosen so here", name is "typical_p" or "tfs_z" ? "1" : "0")),
    ]);
}
