using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>What the face serves, and which members of a request it knows.</summary>
internal static class OipEndpoints
{
    private const string Face = "Open Inference Protocol";

    public static FaceEndpoint Server { get; } = new(Face, "Tells the server and the extensions of the protocol that it speaks.", []);

    public static FaceEndpoint Live { get; } = new(Face, "200 once the process answers calls; without a key.", []);

    public static FaceEndpoint Ready { get; } = new(Face, "200 while what is served works, else 400; without a key.", []);

    public static FaceEndpoint Metadata { get; } = new(Face, "Tells the tensors of a model.", []);

    public static FaceEndpoint ModelReady { get; } = new(Face, "200 if the model would answer, else 400, or 404 where there is none.", []);

    public static FaceEndpoint Config { get; } = new(Face, "Tells of Triton's configuration of a model what is true of it here.", []);

    public static FaceEndpoint Statistics { get; } = new(Face, "Tells what this process has been asked over this protocol since it started.", []);

    public static FaceEndpoint Infer { get; } = new(Face, "Tensors in, tensors out. Media models take BYTES: texts, pictures, sounds and clips as they are in their files.",
    [
        new("id", "comes back with the answer"),
        new("inputs", "`name`, `shape`, `datatype` and `data`, row major and nested or flat; with `parameters.binary_data_size` in place of `data` the bytes follow the JSON, whose length is in the header `Inference-Header-Content-Length`; BYTES with `parameters.content_type` `base64` are decoded"),
        new("outputs", "names of those that are wanted; with `parameters.binary_data` their bytes follow the JSON of the answer; with `parameters.classification` K the K greatest elements of each row come in their place, as BYTES `VALUE:PLACE`, or `VALUE:PLACE:LABEL` for `score` of a model with labels"),
        new("parameters", "`timeout` in microseconds and `binary_data_output`; of media models `dimensions`, `prompt_name`, `truncate`, `temperature`, `top_p`, `top_k`, `max_tokens`, `min_tokens`, `num_beams`, `repetition_penalty`, `seed`, `stop`, `language`, `translate`; refused are `sequence_id`, `sequence_start`, `sequence_end` and `priority`, and of tensors `shared_memory_region`"),
    ]);

    public static FaceEndpoint Index { get; } = new(Face, "Lists all models, with what is wrong with those that do not answer.", [new("ready", "only those that would answer")]);

    public static FaceEndpoint Load { get; } = new(Face, "Loads a model, or loads it again from its folder as it is now; with a key of an administrator.",
        [FaceField.Refused("parameters", "how a model is served is configured")]);

    public static FaceEndpoint Unload { get; } = new(Face, "Gives a model's memory back when its requests have ended; with a key of an administrator.",
        [new("parameters", "`unload_dependents` changes nothing: no model depends on another")]);
}
