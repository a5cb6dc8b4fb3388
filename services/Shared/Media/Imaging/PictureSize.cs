using System.Text.Json;

namespace Sensorium.Media.Imaging;

/// <summary>"size" and its kin: exact sides, or an edge that is scaled to. What is not said is 0.</summary>
internal readonly record struct PictureSize(int Width, int Height, int Shortest, int Longest)
{
    public static PictureSize Square(int side) => new(side, side, 0, 0);

    public static PictureSize ShortestEdge(int edge) => new(0, 0, edge, 0);

    public static PictureSize LongestEdge(int edge) => new(0, 0, 0, edge);

    /// <summary>Null if the file does not say. Throws <see cref="InvalidDataException"/> that names the field.</summary>
    /// <param name="element">Of the file.</param>
    /// <param name="field">Its name.</param>
    /// <param name="ofNumber">What one number alone means.</param>
    public static PictureSize? Read(JsonElement element, string field, Func<int, PictureSize> ofNumber)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.Number:
                return ofNumber(element.GetInt32());
            case JsonValueKind.Array when element.GetArrayLength() == 2:
                return new PictureSize(element[1].GetInt32(), element[0].GetInt32(), 0, 0);
            case JsonValueKind.Object when Side(element, "height") is { } height && Side(element, "width") is { } width:
                return new PictureSize(width, height, 0, 0);
            case JsonValueKind.Object when Side(element, "shortest_edge") is { } shortest && Side(element, "longest_edge") is null:
                return ShortestEdge(shortest);
            case JsonValueKind.Object when Side(element, "longest_edge") is { } longest && Side(element, "shortest_edge") is null:
                return LongestEdge(longest);
            default:
                throw new InvalidDataException($"'{field}' is neither {{height, width}} nor {{shortest_edge}} nor {{longest_edge}} nor a number");
        }
    }

    private static int? Side(JsonElement element, string name) =>
        element.TryGetProperty(name, out var side) && side.ValueKind == JsonValueKind.Number ? side.GetInt32() : null;
}
