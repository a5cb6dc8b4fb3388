using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Decoding.Growing;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>Caches of rows of unequal lengths as one block: each row's tokens stand at its end, and before them there are zeros.</summary>
internal static class PaddedCaches
{
    /// <summary>The block that the rows are in where they are the whole of it, in this order, else a copy that is as short as can be.</summary>
    public static CacheBlock Gather(IReadOnlyList<CausalRow> rows, int tensors)
    {
        var block = rows[0].Past!.Value.Block;
        var whole = rows.Count == block.Rows;
        for (var i = 0; whole && i < rows.Count; i++)
        {
            whole = ReferenceEquals(rows[i].Past!.Value.Block, block) && rows[i].Past!.Value.Row == i;
        }

        return whole ? block : Copy(rows, tensors);
    }

    /// <summary>Tokens that each row of a block has room for.</summary>
    public static int LengthOf(CacheBlock block) => (int)block[0].GetTensorTypeAndShape().Shape[2];

    private static CacheBlock Copy(IReadOnlyList<CausalRow> rows, int tensors)
    {
        var (copies, length) = (new List<OrtValue>(), rows.Max(row => row.Length));
        int[] rooms = [.. rows.Select(row => LengthOf(row.Past!.Value.Block))];
        try
        {
            for (var index = 0; index < tensors; index++)
            {
                copies.Add(Copy(rows, rooms, index, length));
            }
        }
        catch
        {
            copies.ForEach(copy => copy.Dispose());
            throw;
        }

        return new CacheBlock(copies, rows.Count);
    }

    private static OrtValue Copy(IReadOnlyList<CausalRow> rows, int[] rooms, int index, int length)
    {
        var info = rows[0].Past!.Value.Block[index].GetTensorTypeAndShape();
        var (heads, width) = ((int)info.Shape[1], info.Shape[3]);
        var copy = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, [rows.Count, heads, length, width]);
        var target = copy.GetTensorMutableRawData();
        var token = target.Length / (rows.Count * heads * length);
        for (var i = 0; i < rows.Count; i++)
        {
            var slot = rows[i].Past!.Value;
            var source = slot.Block[index].GetTensorMutableRawData();
            for (var head = 0; head < heads; head++)
            {
                var own = rows[i].Length * token;
                var to = target.Slice(((i * heads) + head) * length * token, length * token);
                to[..^own].Clear();
                source.Slice((((((slot.Row * heads) + head + 1) * rooms[i]) - rows[i].Length) * token), own).CopyTo(to[^own..]);
            }
        }

        return copy;
    }
}
