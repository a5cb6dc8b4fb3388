using Sensorium.Core.Media;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.UnitTests;

/// <summary>Items, and vectors of a seed.</summary>
internal static class Sample
{
    public const int Width = 8;

    public static CollectionDefinition Definition(string name = "c", int width = Width) =>
        new(name, "space", width, "model@1", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static ItemMetadata Metadata(params (string Name, MetadataValue Value)[] fields) =>
        ItemMetadata.Of(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), "metadata");

    public static ItemFacts Facts(string id, ItemMetadata? metadata = null) => new(
        id, Modality.Image, "image/png", new string('a', 64), 123, null, "", metadata ?? ItemMetadata.Empty, new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));

    public static IndexedItem Item(string id, params float[][] vectors) => Item(Facts(id), vectors);

    public static IndexedItem Item(ItemFacts facts, params float[][] vectors) => new(
        facts,
        [.. vectors.Select((vector, i) => new ItemSegment(new TimeRange(TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 1)), MediaTrack.Frames, vector))],
        default,
        default);

    /// <summary>Length 1, in the direction of one axis and a little of another.</summary>
    public static float[] Axis(int axis, float aside = 0)
    {
        var vector = new float[Width];
        vector[axis] = MathF.Sqrt(1 - (aside * aside));
        vector[(axis + 1) % Width] = aside;
        return vector;
    }

    public static float[] Random(Random random, int width = Width)
    {
        var vector = new float[width];
        for (var i = 0; i < width; i++)
        {
            vector[i] = (float)((random.NextDouble() * 2) - 1);
        }

        Sensorium.Core.Encoding.UnitVectors.Scale(vector);
        return vector;
    }

    public static VectorQuery Query(float[] vector, int take = 10, string filter = "", int skip = 0, float minScore = -1) =>
        new(vector, Filters.ItemFilter.Parse(filter, "filter"), skip, take, minScore);
}
