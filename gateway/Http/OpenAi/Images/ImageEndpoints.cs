using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi.Images;

/// <summary>What the face serves of pictures, and which members of a request it knows.</summary>
internal static class ImageEndpoints
{
    private const string Face = "OpenAI";

    public static FaceEndpoint Generations { get; } = new(Face, "Makes pictures of words.", Fields);

    public static FaceEndpoint Edits { get; } = new(
        Face,
        "Changes a picture by words.",
        [
            new("image", "the picture that is changed"),
            .. Fields,
            new("strength", "how much of it becomes noise, over 0 up to 1"),
            FaceField.Refused("mask", "the whole picture is changed"),
            FaceField.Refused("input_fidelity", "`strength` says how much is changed"),
        ])
    {
        RequestType = "multipart/form-data",
    };

    private static FaceField[] Fields =>
    [
        new("prompt", "what shall be seen"),
        new("model", "id or alias of a model that makes pictures; without it, the default"),
        new("n", "how many pictures"),
        new("size", "`auto`, or width and height as `512x512`"),
        new("stream", "sends pictures on the way, and each when it is done"),
        new("partial_images", "how many pictures on the way, with `stream`"),
        new("user", "must be a string; it is not kept"),
        new("negative_prompt", "what shall not be seen"),
        new("seed", "of the first picture; each further one has the next"),
        new("steps", "of each picture"),
        new("guidance", "how much more the prompt counts than none"),
        new("sampler", "`ddim`, `euler`, `euler_ancestral`, `dpm_solver` or `lcm`"),
        FaceField.Refused("response_format", "pictures are answered as `b64_json`", "\"b64_json\""),
        FaceField.Refused("output_format", "pictures are PNG", "\"png\""),
        FaceField.Refused("output_compression", "PNG loses nothing", "100"),
        FaceField.Refused("background", "pictures have no transparent parts", "\"auto\"", "\"opaque\""),
        FaceField.Refused("quality", "`steps` decides on it", "\"auto\"", "\"standard\""),
        FaceField.Refused("style", "the prompt says it", "\"vivid\"", "\"natural\""),
        FaceField.Refused("moderation", "no picture is judged", "\"auto\"", "\"low\""),
    ];
}
