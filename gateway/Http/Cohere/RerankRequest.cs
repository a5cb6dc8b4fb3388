using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Cohere;

/// <param name="ReturnsDocuments">Each result brings its document.</param>
internal sealed record RerankRequest(string Model, RerankQuestion Question, bool ReturnsDocuments)
{
    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static RerankRequest Read(JsonElement body)
    {
        CohereEndpoints.Rerank.Check(body);

        // Documents that are too long are cut, as this API does it.
        var question = new RerankQuestion(body.RequireString("query"), Documents(body), body.FindWhole("top_n", least: 1) ?? 0, Truncate: true);
        return new RerankRequest(body.RequireName("model"), question, body.FindFlag("return_documents"));
    }

    private static string[] Documents(JsonElement body) => body.FindList("documents") is { } documents
        ? [.. documents.Select(document => Document(document.Value, document.Field))]
        : throw BodyErrors.Wrong("documents", "is missing");

    private static string Document(JsonElement document, string field) => document.ValueKind == JsonValueKind.Object
        ? document.RequireString("text", $"{field}.")
        : JsonStrings.Read(document, field);
}
