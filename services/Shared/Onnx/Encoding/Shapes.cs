using Sensorium.Core.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>Shapes of inputs, without and with their batch dimension.</summary>
internal static class Shapes
{
    public static long[] WithBatch(int rows, IReadOnlyList<int> shape) => [rows, .. shape.Select(size => (long)size)];

    /// <summary>Not zeros, for which a graph without biases has no vector.</summary>
    public static FloatInput Filled(int[] shape)
    {
        var data = new float[shape.Aggregate(1, (product, size) => product * size)];
        Array.Fill(data, 0.5f);
        return new FloatInput(shape, data);
    }

    /// <summary>The input's shape if the graph takes it. Throws <see cref="ArgumentException"/> with both otherwise.</summary>
    public static int[] Check(ModelInput input, TensorSpec spec)
    {
        if (input is not FloatInput floats)
        {
            throw new ArgumentException($"The model reads {spec}, but got {input.GetType().Name}.");
        }

        var wanted = spec.Dimensions.Skip(1).ToArray();
        var fits = floats.Shape.Length == wanted.Length
            && wanted.Zip(floats.Shape).All(size => size.First <= 0 || size.First == size.Second)
            && floats.Shape.Aggregate(1L, (product, size) => product * size) == floats.Data.Length;
        return fits
            ? floats.Shape
            : throw new ArgumentException($"The model reads {spec}, but got {floats.Data.Length} numbers as [{string.Join(", ", floats.Shape)}].");
    }
}
