using System.Numerics.Tensors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Deciding;

/// <summary>A taught case, as it is remembered: nothing of its media but vectors, nothing of its words.</summary>
/// <param name="Vectors">By block: centred, scaled, of length 1.</param>
internal sealed record RememberedCase(
    string Id,
    IReadOnlyDictionary<string, string> Outcomes,
    IReadOnlyDictionary<string, FieldValue> Fields,
    IReadOnlyDictionary<string, float[]> Vectors)
{
    public static RememberedCase Of(TaughtCase taught, BlockSet blocks)
    {
        var fields = taught.Case.Fields.Where(field => field.Value.Kind != FieldKind.Text);
        return new RememberedCase(
            taught.Case.Id,
            taught.Outcomes,
            fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal),
            VectorsOf(taught.Case, blocks));
    }

    public static Dictionary<string, float[]> VectorsOf(DecisionCase given, BlockSet blocks)
    {
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var block in blocks.Vectors)
        {
            if (block.Read(given) is { } row)
            {
                var length = TensorPrimitives.Norm<float>(row.Values);
                TensorPrimitives.Divide(row.Values, Math.Max(length, 1e-12f), row.Values);
                vectors[block.Name] = row.Values;
            }
        }

        return vectors;
    }
}
