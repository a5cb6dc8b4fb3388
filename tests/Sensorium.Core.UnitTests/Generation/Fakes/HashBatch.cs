using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

internal sealed class HashBatch(HashDecoder decoder, int paddedTokens, int maxRows) : IDecodeBatch
{
    private readonly List<Row> _rows = [];

    public int Rows => _rows.Count;

    public void Add(IDecoderMemory memory)
    {
        if (_rows.Count == maxRows || memory.PaddedTokens != paddedTokens)
        {
            throw new InvalidOperationException("The row does not fit.");
        }

        _rows.Add(new Row(((HashDecoder.Memory)memory).Value, memory.Tokens));
    }

    public void Remove(int row)
    {
        _rows[row] = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
    }

    public void CopyTokens(IDecodeBatch from, int fromRow, int toRow)
    {
        var source = ((HashBatch)from)._rows[fromRow];
        Assert(source.Memory == _rows[toRow].Memory, "Tokens are copied between different memories.");
        _rows[toRow] = _rows[toRow] with { Tokens = [.. source.Tokens] };
    }

    public void Run(int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        var rows = _rows.GetRange(firstRow, rowCount);
        decoder.BeforeRun?.Invoke([.. rows.Select(row => row.Memory)], tokens.ToArray());
        decoder.LargestBatch = Math.Max(decoder.LargestBatch, rowCount);
        var count = tokens.Length / rowCount;
        Assert(rows.All(row => row.Tokens.Count + count <= decoder.Shape.Capacity), "A row is over its capacity.");
        for (var i = 0; i < rowCount; i++)
        {
            rows[i].Tokens.AddRange(tokens.Slice(i * count, count));
            _rows[firstRow + i] = rows[i] with { Logits = decoder.Logits(rows[i].Memory, rows[i].Tokens) };
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _rows[row].Logits;

    /// <summary>Weight of place i is proportional to i + 1.</summary>
    public void ReadAttention(int row, Span<float> weights)
    {
        var count = _rows[row].MemoryTokens;
        Assert(weights.Length == count, "Attention is read for another number of tokens.");
        for (var i = 0; i < count; i++)
        {
            weights[i] = (i + 1) / (count * (count + 1) / 2f);
        }
    }

    public void Dispose() => _rows.Clear();

    private static void Assert(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private sealed record Row(float Memory, int MemoryTokens)
    {
        public List<int> Tokens { get; init; } = [];

        public float[] Logits { get; init; } = [];
    }
}
