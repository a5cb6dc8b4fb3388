using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Http.OpenAi;

/// <param name="Dimensions">Null keeps all.</param>
/// <param name="Reading">How texts are read.</param>
internal sealed record EmbeddingsRequest(string Model, IReadOnlyList<MediaInput> Input, bool AsBase64, int? Dimensions, TextReading Reading)
{
    /// <exception cref="SensoriumException">A member is missing or of the wrong type. Unknown members are ignored.</exception>
    public static EmbeddingsRequest Read(JsonElement body)
    {
        OpenAiEndpoints.Embeddings.Check(body);
        var model = body.RequireName("model");
        _ = body.FindString("user");
        var asBase64 = IsBase64(body, "encoding_format") | IsBase64(body, "embedding_type");

        // Beyond the shape of the API, by the names that others gave these members.
        var reading = new TextReading(body.FindString("prompt_name") ?? body.FindString("task") ?? "", Truncate: body.FindFlag("truncate"));
        return new EmbeddingsRequest(model, InputReader.Read(body), asBase64, body.FindWhole("dimensions", least: 1), reading);
    }

    private static bool IsBase64(JsonElement body, string name) => body.FindString(name) switch
    {
        null or "float" => false,
        "base64" => true,
        var other => throw BodyErrors.Wrong(name, $"is \"{Shorten(other)}\"; it must be \"float\" or \"base64\""),
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
