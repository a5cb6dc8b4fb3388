using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Vectors that callers bring, or that several are mixed to.</summary>
internal static class QueryVectors
{
    /// <summary>A copy of length 1.</summary>
    /// <exception cref="SensoriumException">It is not as wide as the collection's, or has no direction.</exception>
    public static float[] Unit(ReadOnlySpan<float> vector, CollectionDefinition collection, string field)
    {
        CollectionRules.CheckWidth(collection, vector.Length, field);
        var unit = vector.ToArray();
        var length = TensorPrimitives.Norm<float>(unit);
        if (!float.IsFinite(length) || length == 0)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{field} has the length {length}; a vector needs a direction, and components that are numbers.", field);
        }

        UnitVectors.Scale(unit);
        return unit;
    }
}
