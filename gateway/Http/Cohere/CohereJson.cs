using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>Everything that the face writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RerankResponse))]
[JsonSerializable(typeof(EmbedResponse))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class CohereJson : JsonSerializerContext;

internal sealed record ErrorBody(string Message);

internal sealed record RerankResponse(string Id, IReadOnlyList<RerankEntry> Results, Meta Meta);

/// <param name="Document">Null unless documents were asked for.</param>
internal sealed record RerankEntry(int Index, float RelevanceScore, Document? Document);

internal sealed record Document(string Text);

/// <param name="Texts">Null unless texts were embedded.</param>
internal sealed record EmbedResponse(string Id, EmbeddingsByType Embeddings, IReadOnlyList<string>? Texts, Meta Meta)
{
    public string ResponseType { get; } = "embeddings_by_type";
}

internal sealed record Meta(ApiVersion ApiVersion, BilledUnits BilledUnits, Tokens Tokens);

internal sealed record ApiVersion(string Version);

/// <summary>Null where nothing of the kind was asked for.</summary>
internal sealed record BilledUnits
{
    public int? SearchUnits { get; init; }

    public long? InputTokens { get; init; }

    public int? Images { get; init; }
}

internal sealed record Tokens(long InputTokens);
