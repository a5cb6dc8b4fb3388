namespace Sensorium.Index.Embedded;

/// <summary>Vectors of one width, one behind the other in blocks, so that growing copies nothing.</summary>
internal sealed class VectorRows(int width)
{
    private const int BlockFloats = 1 << 20;

    private readonly int _rowsPerBlock = Math.Max(1, BlockFloats / width);
    private readonly List<float[]> _blocks = [];

    public int Count { get; private set; }

    public long Bytes => (long)_blocks.Count * _rowsPerBlock * width * sizeof(float);

    public Span<float> this[int row] => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * width, width);

    public void Add(ReadOnlySpan<float> vector)
    {
        if (Count == _blocks.Count * _rowsPerBlock)
        {
            _blocks.Add(new float[_rowsPerBlock * width]);
        }

        vector.CopyTo(this[Count++]);
    }

    /// <summary>Puts the last row in the place of this one.</summary>
    public void RemoveSwapping(int row)
    {
        this[--Count].CopyTo(this[row]);
        if (Count <= (_blocks.Count - 2) * _rowsPerBlock)
        {
            // One block is spared, so that a removal beside an addition does not allocate each time.
            _blocks.RemoveAt(_blocks.Count - 1);
        }
    }
}
