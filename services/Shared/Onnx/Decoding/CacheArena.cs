using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding;

/// <summary>
/// Self- and cross-attention caches of all rows of a batch. Per layer and kind one tensor [rows, heads, length, head width];
/// the first n rows of it are a tensor themselves, so a step over n rows copies nothing.
/// </summary>
internal sealed class CacheArena : IDisposable
{
    private readonly int _heads;
    private readonly int _headWidth;
    private readonly int _capacity;

    public CacheArena(DecoderGraphs graphs, int paddedTokens, int maxRows)
    {
        (_heads, _headWidth, _capacity) = (graphs.Heads, graphs.HeadWidth, graphs.Shape.Capacity);
        Own = [.. graphs.PastOwn.Select(_ => new NativeTensor<float>(maxRows, _heads * _capacity * _headWidth))];
        Cross = [.. graphs.PastCross.Select(_ => new NativeTensor<float>(maxRows, _heads * paddedTokens * _headWidth))];
        PastLengths = new NativeTensor<long>(maxRows, 1);
        EncoderLengths = new NativeTensor<long>(maxRows, 1);
    }

    public NativeTensor<float>[] Own { get; }

    public NativeTensor<float>[] Cross { get; }

    public NativeTensor<long> PastLengths { get; }

    public NativeTensor<long> EncoderLengths { get; }

    public int Past(int row) => (int)PastLengths.Row(row)[0];

    public void Load(int row, ICrossAttentionCache cache)
    {
        for (var i = 0; i < Cross.Length; i++)
        {
            cache.Tensor(i).CopyTo(Cross[i].Row(row));
        }

        PastLengths.Row(row)[0] = 0;
        EncoderLengths.Row(row)[0] = cache.Tokens;
    }

    /// <summary>
    /// Zeroes the cached tokens of a row: a graph that masks what is not valid multiplies it by 0 all the same, and a row that
    /// left because it was not a number would spoil the next one there.
    /// </summary>
    public void Wipe(int row)
    {
        var length = Past(row) * _headWidth;
        foreach (var tensor in Own)
        {
            for (var head = 0; head < _heads; head++)
            {
                tensor.Row(row).Slice(head * _capacity * _headWidth, length).Clear();
            }
        }
    }

    public void Move(int from, int to)
    {
        for (var i = 0; i < Cross.Length; i++)
        {
            Cross[i].Row(from).CopyTo(Cross[i].Row(to));
        }

        EncoderLengths.Row(to)[0] = EncoderLengths.Row(from)[0];
        CopyOwn(this, from, to);
    }

    /// <summary>Copies the cached tokens of a row; what lies beyond them is not looked at.</summary>
    public void CopyOwn(CacheArena source, int from, int to)
    {
        var length = source.Past(from) * _headWidth;
        for (var i = 0; i < Own.Length; i++)
        {
            var read = source.Own[i].Row(from);
            var written = Own[i].Row(to);
            for (var head = 0; head < _heads; head++)
            {
                var start = head * _capacity * _headWidth;
                read.Slice(start, length).CopyTo(written[start..]);
            }
        }

        PastLengths.Row(to)[0] = source.Past(from);
    }

    /// <summary>Writes what a run produced behind the row's cached tokens.</summary>
    /// <param name="present">Per layer and kind: the row's new keys or values, [heads, count, head width].</param>
    public void Append(int row, int count, NativeTensor<float>[] present, int presentRow)
    {
        var length = count * _headWidth;
        var past = Past(row) * _headWidth;
        for (var i = 0; i < Own.Length; i++)
        {
            var cache = Own[i].Row(row);
            var added = present[i].Row(presentRow);
            for (var head = 0; head < _heads; head++)
            {
                added.Slice(head * length, length).CopyTo(cache[((head * _capacity * _headWidth) + past)..]);
            }
        }

        Advance(row, count);
    }

    /// <summary>Throws if a row cannot take so many tokens more: a graph that writes in place would write over the next row.</summary>
    public void RequireRoom(int firstRow, int rowCount, int count)
    {
        for (var row = firstRow; row < firstRow + rowCount; row++)
        {
            if (Past(row) + count > _capacity)
            {
                throw new InvalidOperationException($"Row {row} holds {Past(row)} tokens; {count} more are over the capacity of {_capacity}.");
            }
        }
    }

    /// <summary>Counts tokens whose keys and values have been written.</summary>
    public void Advance(int row, int count) => PastLengths.Row(row)[0] += count;

    /// <summary>Forgets the latest tokens of a row.</summary>
    public void TakeBack(int row, int count) => PastLengths.Row(row)[0] -= count;

    public void Dispose()
    {
        Array.ForEach(Own, tensor => tensor.Dispose());
        Array.ForEach(Cross, tensor => tensor.Dispose());
        PastLengths.Dispose();
        EncoderLengths.Dispose();
    }
}
