using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Cohere;

/// <param name="ReturnsDocuments">Each result brings its document.</param>
internal sealed record RerankRequest(string Model, RerankQuestion Question, bool ReturnsDocuments)
{
    /// <exception cref="SensoriumException">A member is missing or of the wrong type. Unknown members are ignored.</exception>
    public static RerankRequest Read(JsonElement body)
    {
        var model = Text(body, "model", "model");
        if (model.Length == 0)
        {
            throw BodyErrors.Wrong("model", "is empty");
        }

        // Documents that are too long are cut, as this API does it.
        var question = new RerankQuestion(Text(body, "query", "query"), Documents(body), TopN(body), Truncate: true);
        return new RerankRequest(model, question, ReturnsDocumentsOf(body));
    }

    private static string[] Documents(JsonElement body) => Find(body, "documents") switch
    {
        { ValueKind: JsonValueKind.Array } documents => [.. documents.EnumerateArray().Select((document, i) => Document(document, $"documents[{i}]"))],
        null => throw BodyErrors.Wrong("documents", "is missing"),
        _ => throw BodyErrors.Wrong("documents", "must be an array"),
    };

    private static string Document(JsonElement document, string field) => document.ValueKind == JsonValueKind.Object
        ? Text(document, "text", $"{field}.text")
        : JsonStrings.Read(document, field);

    private static int TopN(JsonElement body) => Find(body, "top_n") switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } given when given.TryGetInt32(out var most) && most > 0 => most,
        _ => throw BodyErrors.Wrong("top_n", "must be a whole number over 0"),
    };

    private static bool ReturnsDocumentsOf(JsonElement body) => Find(body, "return_documents")?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw BodyErrors.Wrong("return_documents", "must be true or false"),
    };

    private static string Text(JsonElement element, string name, string field) =>
        Find(element, name) is { } value ? JsonStrings.Read(value, field) : throw BodyErrors.Wrong(field, "is missing");

    private static JsonElement? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
