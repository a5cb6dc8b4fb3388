using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Everything that the face writes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmbeddingsResponse))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelEntry))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class OpenAiJson : JsonSerializerContext;

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Message, string Type, string? Param, string? Code);

internal sealed record ModelList(IReadOnlyList<ModelEntry> Data)
{
    public string Object { get; } = "list";
}

/// <param name="Architecture">What goes in and what comes out; beyond the shape of the API, by the names that others gave these members.</param>
/// <param name="Status">Whether it is loaded; as <paramref name="Architecture"/>.</param>
internal sealed record ModelEntry(string Id, Architecture Architecture, ModelStatus Status)
{
    public string Object { get; } = "model";

    /// <summary>Required by the shape; when a model was made is not known here.</summary>
    public long Created { get; init; }

    public string OwnedBy { get; } = "sensorium";
}

internal sealed record Architecture(IReadOnlyList<string> InputModalities, IReadOnlyList<string> OutputModalities);

internal sealed record ModelStatus(string Value);

internal sealed record EmbeddingsResponse(IReadOnlyList<EmbeddingEntry> Data, string Model, Usage Usage)
{
    public string Object { get; } = "list";
}

internal sealed record EmbeddingEntry(int Index, [property: JsonConverter(typeof(VectorConverter))] Vector Embedding)
{
    public string Object { get; } = "embedding";
}

internal sealed record Usage(long PromptTokens, long TotalTokens);

/// <param name="AsBase64">Little-endian float32 in base64 instead of numbers.</param>
internal sealed record Vector(ReadOnlyMemory<float> Values, bool AsBase64);

internal sealed class VectorConverter : JsonConverter<Vector>
{
    public override Vector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Vectors are only written.");

    public override void Write(Utf8JsonWriter writer, Vector value, JsonSerializerOptions options)
    {
        if (value.AsBase64)
        {
            writer.WriteBase64StringValue(VectorBytes.Of(value.Values.Span));
            return;
        }

        writer.WriteStartArray();
        foreach (var number in value.Values.Span)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
