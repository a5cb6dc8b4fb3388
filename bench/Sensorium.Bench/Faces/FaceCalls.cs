using System.Text.Json.Nodes;
using Google.Protobuf;
using Sensorium.V1;

namespace Sensorium.Bench.Faces;

/// <summary>The same embedding and the same caption, asked through every face that has them.</summary>
internal static class FaceCalls
{
    private const string Model = "sensorium-mini";
    private const string Text = "a man in a white shirt stands in a field of tall grass";
    private const string Embed = "embed";
    private const string Chat = "chat";

    public static IReadOnlyList<FaceCall> All(GrpcFace grpc, HttpFace http, byte[] picture)
    {
        var base64 = Convert.ToBase64String(picture);
        var uri = $"data:image/jpeg;base64,{base64}";
        return
        [
            new(Embed, FaceCall.Reference, "", _ => grpc.EmbedAsync(Model, Text)),
            new(Embed, "OpenAI, base64", "embed_http", http.Asking("/v1/embeddings", new JsonObject { ["model"] = Model, ["input"] = Text, ["encoding_format"] = "base64" })),
            new(Embed, "OpenAI, numbers", "embed_http_floats", http.Asking("/v1/embeddings", new JsonObject { ["model"] = Model, ["input"] = Text, ["encoding_format"] = "float" })),
            new(Embed, "Cohere", "embed_cohere", http.Asking("/v2/embed", new JsonObject { ["model"] = Model, ["texts"] = new JsonArray(Text), ["input_type"] = "search_document" })),
            new(Embed, "TEI", "embed_tei", http.Asking("/embed", new JsonObject { ["inputs"] = Text })),
            new(Embed, "Ollama", "embed_ollama", http.Asking("/api/embed", new JsonObject { ["model"] = Model, ["input"] = Text })),
            new(Embed, "Connect, JSON", "embed_connect", http.Asking("/sensorium.v1.SensoriumService/Embed", EmbedJson())),
            new(Chat, FaceCall.Reference, "", _ => grpc.CaptionAsync(Model, picture)),
            new(Chat, "OpenAI", "chat", http.Streaming("/v1/chat/completions", ChatJson(uri), "\"delta\":{\"content\":\"")),
            new(Chat, "OpenAI responses", "chat_responses", http.Streaming("/v1/responses", ResponseJson(uri), "response.output_text.delta")),
            new(Chat, "Ollama", "chat_ollama", http.Streaming("/api/chat", OllamaJson(base64), "\"content\":\"")),
        ];
    }

    private static JsonNode EmbedJson() => JsonNode.Parse(JsonFormatter.Default.Format(GrpcFace.EmbedRequestOf(Model, Text)))!;

    private static JsonObject ChatJson(string uri) => new()
    {
        ["model"] = Model,
        ["temperature"] = 0,
        ["stream"] = true,
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = uri } }),
        }),
    };

    private static JsonObject ResponseJson(string uri) => new()
    {
        ["model"] = Model,
        ["temperature"] = 0,
        ["stream"] = true,
        ["input"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "input_image", ["image_url"] = uri }) }),
    };

    private static JsonObject OllamaJson(string base64) => new()
    {
        ["model"] = Model,
        ["options"] = new JsonObject { ["temperature"] = 0 },
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "", ["images"] = new JsonArray(base64) }),
    };
}
