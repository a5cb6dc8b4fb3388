using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Weights;

/// <summary>A matrix as the operator MatMulNBits reads it: column by column, in blocks of bytes around 128, each with a scale.</summary>
/// <param name="Rows">Of the matrix, as it multiplies.</param>
/// <param name="Size">Of a block.</param>
internal sealed record BlockWeights(byte[] Values, float[] Scales, int Rows, int Columns, int Size)
{
    // Powers of two, as the operator has them.
    private const int LeastSize = 16;
    private const int MostSize = 128;

    private const float Most = sbyte.MaxValue;
    private const int Middle = 128;

    /// <summary>Blocks of a column.</summary>
    public int Count => Values.Length / Columns / Size;

    /// <param name="weights">[rows, columns].</param>
    /// <param name="isTransposed">They are [columns, rows].</param>
    public static BlockWeights Quantize(TensorProto weights, bool isTransposed)
    {
        var (rows, columns) = isTransposed ? ((int)weights.Dims[1], (int)weights.Dims[0]) : ((int)weights.Dims[0], (int)weights.Dims[1]);
        var size = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)rows), LeastSize, MostSize);
        var (count, values) = ((rows + size - 1) / size, weights.Floats());
        var blocks = new BlockWeights(new byte[columns * count * size], new float[columns * count], rows, columns, size);
        var block = new float[size];
        for (var column = 0; column < columns; column++)
        {
            for (var start = 0; start < rows; start += size)
            {
                Array.Clear(block);
                for (var row = start; row < Math.Min(rows, start + size); row++)
                {
                    block[row - start] = values[isTransposed ? (column * rows) + row : (row * columns) + column];
                }

                blocks.Fill((column * count) + (start / size), block);
            }
        }

        return blocks;
    }

    private void Fill(int index, float[] block)
    {
        var most = block.Max(Math.Abs);
        var scale = Scales[index] = most > 0 ? most / Most : 1;
        for (var i = 0; i < Size; i++)
        {
            Values[(index * Size) + i] = (byte)(Middle + Math.Clamp(MathF.Round(block[i] / scale), -Most, Most));
        }
    }
}
