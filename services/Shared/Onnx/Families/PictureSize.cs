using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>The size of the pictures that a part's preprocessing makes, for the run that warms up a graph which leaves it open.</summary>
internal static class PictureSize
{
    private const int Channels = 3;
    private const int Usual = 224;

    /// <summary>[channels, height, width].</summary>
    public static int[] Of(EncoderPart part)
    {
        if (part.FindFile("preprocessor_config.json") is not { } path)
        {
            return [Channels, Usual, Usual];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var config = document.RootElement;
        var crops = !config.TryGetProperty("do_center_crop", out var crop) || crop.ValueKind == JsonValueKind.True;
        var size = crops && config.TryGetProperty("crop_size", out var cropped) ? cropped : config.TryGetProperty("size", out var whole) ? whole : default;
        return [Channels, Side(size, "height"), Side(size, "width")];
    }

    private static int Side(JsonElement size, string name) => size.ValueKind switch
    {
        JsonValueKind.Number => size.GetInt32(),
        JsonValueKind.Object when size.TryGetProperty(name, out var side) || size.TryGetProperty("shortest_edge", out side) => side.GetInt32(),
        _ => Usual,
    };
}
