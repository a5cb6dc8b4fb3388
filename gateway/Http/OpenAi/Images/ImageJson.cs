using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi.Images;

/// <summary>Everything about pictures that is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageAnswer))]
[JsonSerializable(typeof(StreamedImage))]
internal sealed partial class ImageJson : JsonSerializerContext;

/// <param name="Model">That made them; beyond the shape of the API.</param>
internal sealed record ImageAnswer(long Created, string Size, string Model, IReadOnlyList<MadeImage> Data)
{
    public string OutputFormat { get; } = "png";
}

/// <param name="B64Json">A PNG.</param>
/// <param name="Seed">That makes the same picture again; beyond the shape of the API.</param>
internal sealed record MadeImage([property: JsonPropertyName("b64_json")] ReadOnlyMemory<byte> B64Json, ulong Seed);

/// <param name="Type">"image_generation.partial_image", "image_generation.completed", or the same of edits.</param>
/// <param name="PartialImageIndex">Null of a picture that is done.</param>
/// <param name="ImageIndex">Of several pictures; beyond the shape of the API.</param>
internal sealed record StreamedImage(
    string Type, [property: JsonPropertyName("b64_json")] ReadOnlyMemory<byte> B64Json, long CreatedAt, string Size, int? PartialImageIndex, int ImageIndex)
{
    public string OutputFormat { get; } = "png";
}
