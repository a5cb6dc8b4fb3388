using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>What is known of requests for decisions.</summary>
internal static class DecisionsEndpoints
{
    public static FaceEndpoint Decisions { get; } = new("OpenAI", "Answers questions about a case, with probabilities, evidence and similar cases.",
    [
        new("model", "id of a decider, with `@version` if that matters; or of a model whose space media and words share"),
        new("input", "a text, or messages with content parts: input_text, input_image, input_audio, input_video, and input_json for the record"),
        new("questions", "each a predicate, a choice or a score, with a name that the decider knows"),
        new("min_confidence", "less confident answers are refusals"),
        new("coverage", "only so large a share of cases is answered, the most confident; with a decider"),
        new("explain_media", "`true` weighs cells of pictures and spans of sounds and clips, too; it takes many runs of the encoders"),
        new("safety_identifier", "must be a string; it is not kept"),
        new("prompt_cache_key", "must be a string; there is one cache for all"),
        FaceField.Refused("prompt_cache_options", "there is one cache for all"),
    ]);
}
