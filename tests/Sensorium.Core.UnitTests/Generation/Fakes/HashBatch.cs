using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

internal sealed class HashBatch(HashDecoder decoder, int paddedTokens, int maxRows) : IDecodeBatch
{
    private readonly List<Row> _rows = [];
    private HashBatch? _aside;

    public int Rows => _rows.Count;

    public void Add(ICrossAttentionCache cache, ReadOnlySpan<int> prompt = default)
    {
        if (_rows.Count == maxRows || cache.PaddedTokens != paddedTokens)
        {
            throw new InvalidOperationException("The row does not fit.");
        }

        _rows.Add(new Row(cache.Features.Data.Span[0], cache.Tokens) { Tokens = [.. prompt] });
    }

    public void Remove(int row)
    {
        _rows[row] = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
    }

    public IDecodeBatch Aside => OwnAside;

    private HashBatch OwnAside => _aside ??= new HashBatch(decoder, paddedTokens, 1);

    public void CopyTokens(int fromRow, int toRow) => Copy(_rows[fromRow], toRow);

    public void TakeTokensFromAside(int toRow) => Copy(OwnAside._rows[0], toRow);

    private void Copy(Row source, int toRow)
    {
        Assert(source.Media == _rows[toRow].Media, "Tokens are copied between rows of different media.");
        _rows[toRow] = _rows[toRow] with { Tokens = [.. source.Tokens] };
    }

    public void Run(int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        var rows = _rows.GetRange(firstRow, rowCount);
        decoder.BeforeRun?.Invoke([.. rows.Select(row => row.Media)], tokens.ToArray());
        decoder.LargestBatch = Math.Max(decoder.LargestBatch, rowCount);
        var count = tokens.Length / rowCount;
        Assert(rows.All(row => row.Tokens.Count + count <= decoder.Shape.Capacity), "A row is over its capacity.");
        for (var i = 0; i < rowCount; i++)
        {
            rows[i].Tokens.AddRange(tokens.Slice(i * count, count));
            _rows[firstRow + i] = rows[i] with { Logits = decoder.Logits(rows[i].Media, rows[i].Tokens) };
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _rows[row].Logits;

    /// <summary>Weight of place i is proportional to i + 1.</summary>
    public void ReadAttention(int row, Span<float> weights)
    {
        var count = _rows[row].MediaTokens;
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

    private sealed record Row(float Media, int MediaTokens)
    {
        public List<int> Tokens { get; init; } = [];

        public float[] Logits { get; init; } = [];
    }
}
