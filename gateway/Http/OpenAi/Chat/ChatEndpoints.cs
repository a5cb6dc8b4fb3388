using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

/// <summary>What is known of requests for an answer in words.</summary>
internal static class ChatEndpoints
{
    private static readonly FaceField[] Sampling =
    [
        new("temperature", "0 decodes greedily; without it, as the model's generation_config says"),
        new("top_p", "the share of probability that tokens are drawn from"),
        new("top_k", "how many tokens are drawn from"),
        new("seed", "makes draws repeat"),
        new("stop", "one text or up to 8 that end the answer"),
        new("min_tokens", "the answer cannot end before"),
        new("repetition_penalty", "over 1 makes tokens that are there less likely"),
        new("no_repeat_ngram_size", "no run of so many tokens occurs twice"),
        new("num_beams", "beams that are searched, in place of sampling"),
    ];

    private static readonly FaceField[] Missing =
    [
        FaceField.Refused("tools", "the models here call no tools"),
        FaceField.Refused("tool_choice", "the models here call no tools", "\"none\"", "\"auto\""),
        FaceField.Refused("parallel_tool_calls", "the models here call no tools", "true", "false"),
        FaceField.Refused("top_logprobs", "only the token that was chosen is told", "0"),
        FaceField.Refused("store", "nothing is kept"),
        FaceField.Refused("metadata", "nothing is kept"),
        FaceField.Refused("moderation", "answers are not moderated"),
        FaceField.Refused("service_tier", "there is one", "\"auto\"", "\"default\""),
        FaceField.Refused("prompt_cache_retention", "there is one cache for all", "\"in_memory\""),
        FaceField.Refused("prompt_cache_options", "there is one cache for all"),
    ];

    public static FaceEndpoint Completions { get; } = new("OpenAI", "Answers a conversation of texts, pictures, sounds and clips.",
    [
        new("model", "id or alias of a model, with `@revision` if that matters"),
        new("messages", "roles system, developer, user and assistant; content a string or parts: text, image_url, input_audio, audio_url, input_video, video_url"),
        new("max_completion_tokens", "longest answer"),
        new("max_tokens", "the older name of `max_completion_tokens`"),
        new("n", "how many answers"),
        new("logprobs", "how likely each token was"),
        new("stream", "sends each token when it is there"),
        new("stream_options", "an object with `include_usage`"),
        new("user", "must be a string; it is not kept"),
        new("safety_identifier", "must be a string; it is not kept"),
        new("prompt_cache_key", "must be a string; there is one cache for all"),
        .. Sampling,
        .. Missing,
        FaceField.Refused("functions", "the models here call no tools"),
        FaceField.Refused("function_call", "the models here call no tools", "\"none\"", "\"auto\""),
        FaceField.Refused("response_format", "answers are text", "\"text\""),
        FaceField.Refused("modalities", "answers are text", "\"text\""),
        FaceField.Refused("audio", "answers are text"),
        FaceField.Refused("frequency_penalty", "see repetition_penalty", "0"),
        FaceField.Refused("presence_penalty", "see repetition_penalty", "0"),
        FaceField.Refused("logit_bias", "single tokens cannot be preferred"),
        FaceField.Refused("prediction", "answers are not predicted"),
        FaceField.Refused("reasoning_effort", "the models here do not reason apart from their answer", "\"none\""),
        FaceField.Refused("verbosity", "see max_completion_tokens", "\"medium\""),
        FaceField.Refused("web_search_options", "nothing is searched"),
    ]);

    public static FaceEndpoint Responses { get; } = new("OpenAI", "Answers texts and media, without keeping anything.",
    [
        new("model", "id or alias of a model, with `@revision` if that matters"),
        new("input", "a text, or messages with content parts: input_text, output_text, input_image, input_audio, input_video"),
        new("instructions", "goes before `input` as a message of the system"),
        new("max_output_tokens", "longest answer"),
        new("stream", "sends each token when it is there"),
        new("user", "must be a string; it is not kept"),
        new("safety_identifier", "must be a string; it is not kept"),
        new("prompt_cache_key", "must be a string; there is one cache for all"),
        .. Sampling,
        .. Missing,
        FaceField.Refused("previous_response_id", "nothing is kept; send the whole conversation"),
        FaceField.Refused("conversation", "nothing is kept; send the whole conversation"),
        FaceField.Refused("background", "nothing is kept"),
        FaceField.Refused("include", "nothing more can be told"),
        FaceField.Refused("text", "answers are text", "\"text\"", "\"medium\""),
        FaceField.Refused("reasoning", "the models here do not reason apart from their answer", "\"none\""),
        FaceField.Refused("truncation", "what is too long is refused", "\"disabled\""),
        FaceField.Refused("prompt", "there are no stored prompts"),
        FaceField.Refused("max_tool_calls", "the models here call no tools"),
        FaceField.Refused("context_management", "nothing is kept"),
        FaceField.Refused("stream_options", "events are not padded"),
    ]);
}
