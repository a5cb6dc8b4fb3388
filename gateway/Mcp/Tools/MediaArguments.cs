using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.OpenAi;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Mcp.Tools;

/// <summary>Arguments of tools as the operations take them.</summary>
internal static class MediaArguments
{
    public const string Medium = "An https: URI, or a data: URI in base64, of a picture, a sound or a clip";
    public const string TextOrMedium = "A text, or an https: or data: URI of a picture, a sound or a clip";
    public const string Model = "Id of a model as list_models tells it; leave it out for the default";

    /// <summary>What is no URI is text.</summary>
    public static MediaInput Read(string field, string value) => MediaInput.Read(field, "", () => IsHttps(value)
        ? new MediaItem("", new UriSource(value))
        : InputReader.ReadString(value));

    public static MediaInput[] Read(string field, IReadOnlyList<string> values) => [.. values.Select((value, i) => Read($"{field}[{i}]", value))];

    public static EncodeBatch Batch(string? model) => new(NewId(), [], Model: Select(model));

    public static ModelSelector? Select(string? model) => string.IsNullOrEmpty(model) ? null : ModelSelector.Parse(model);

    public static string NewId() => Guid.CreateVersion7().ToString("N");

    private static bool IsHttps(string value) => value.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
