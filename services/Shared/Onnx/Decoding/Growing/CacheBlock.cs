using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>
/// Tensors of several rows, [rows, …] each, as one run left them. Rows hold slots of it, and it is freed when the last slot is let
/// go. Used by one thread.
/// </summary>
internal sealed class CacheBlock(IEnumerable<OrtValue> tensors, int rows)
{
    private readonly List<OrtValue> _tensors = [.. tensors];
    private static long _last;
    private int _references;

    /// <summary>Blocks that were made later have higher ones.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    public int Rows { get; } = rows;

    public OrtValue this[int index] => _tensors[index];

    /// <summary>Adds what the run of a start computed, before any row holds the block.</summary>
    public void Add(IEnumerable<OrtValue> more) => _tensors.AddRange(more);

    public void Retain() => _references++;

    public void Release()
    {
        Debug.Assert(_references > 0, "A block is let go more often than it was held.");
        if (--_references == 0)
        {
            _tensors.ForEach(tensor => tensor.Dispose());
        }
    }

    /// <summary>A block of these rows, in this order: the one that they are in where they are the whole of it, else a copy.</summary>
    public static CacheBlock Gather(IReadOnlyList<CacheSlot> slots)
    {
        var block = slots[0].Block;
        var whole = slots.Count == block.Rows;
        for (var i = 0; whole && i < slots.Count; i++)
        {
            whole = ReferenceEquals(slots[i].Block, block) && slots[i].Row == i;
        }

        return whole ? block : Copy(slots);
    }

    private static CacheBlock Copy(IReadOnlyList<CacheSlot> slots)
    {
        var copies = new List<OrtValue>();
        try
        {
            for (var index = 0; index < slots[0].Block._tensors.Count; index++)
            {
                copies.Add(Copy(slots, index));
            }
        }
        catch
        {
            copies.ForEach(copy => copy.Dispose());
            throw;
        }

        return new CacheBlock(copies, slots.Count);
    }

    private static OrtValue Copy(IReadOnlyList<CacheSlot> slots, int index)
    {
        var info = slots[0].Block[index].GetTensorTypeAndShape();
        var copy = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, [slots.Count, .. info.Shape[1..]]);
        var target = copy.GetTensorMutableRawData();
        var length = target.Length / slots.Count;
        for (var i = 0; i < slots.Count; i++)
        {
            slots[i].Block[index].GetTensorMutableRawData().Slice(slots[i].Row * length, length).CopyTo(target[(i * length)..]);
        }

        return copy;
    }
}

/// <summary>One row of a block.</summary>
internal readonly record struct CacheSlot(CacheBlock Block, int Row);
