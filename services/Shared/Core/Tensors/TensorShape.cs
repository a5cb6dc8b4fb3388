using System.Globalization;

namespace Sensorium.Core.Tensors;

/// <summary>Arithmetic of shapes.</summary>
public static class TensorShape
{
    // More fit into no message.
    private const long MostElements = int.MaxValue;

    /// <summary>Elements of a tensor of this shape; null if a size is negative, or there are more than any tensor has.</summary>
    public static long? CountOf(IReadOnlyList<long> shape)
    {
        if (shape.Any(size => size < 0))
        {
            return null;
        }

        // A tensor without elements may have any other sizes.
        if (shape.Contains(0))
        {
            return 0;
        }

        var count = 1L;
        foreach (var size in shape)
        {
            if (size > MostElements / count)
            {
                return null;
            }

            count *= size;
        }

        return count;
    }

    /// <summary>As "[1, 16]".</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
