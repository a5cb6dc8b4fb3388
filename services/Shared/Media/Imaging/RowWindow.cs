using System.Buffers;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Rows of a picture after the pass along rows, computed when they are first asked for. Asked from top to bottom, each is
/// computed once; only those of the last questions are kept.
/// </summary>
/// <param name="kernel">Null if rows keep their length; then they are those of the source.</param>
/// <param name="stride">Bytes of a row of the result.</param>
/// <param name="mostRows">That are asked for at once.</param>
internal sealed class RowWindow(RgbImage source, ResampleKernel? kernel, int stride, int mostRows) : IDisposable
{
    /// <summary>Rows that are computed together; the vectors of <see cref="RowPass"/> take four.</summary>
    public const int RowsAtOnce = 16;

    // Twice what is asked for: what is kept is moved to the front once per so many rows, not for each.
    private readonly int _capacity = Math.Min(source.Height, (mostRows + RowsAtOnce) * 2);
    private byte[]? _buffer;
    private int _first;
    private int _count;

    /// <summary>[count, stride]. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int first, int count, CancellationToken cancellationToken)
    {
        if (kernel is null)
        {
            return source.Pixels.Slice(first * stride, count * stride);
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(checked(_capacity * stride));
        while (_first + _count < first + count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compute(first);
        }

        return _buffer.AsSpan((first - _first) * stride, count * stride);
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Compute(int first)
    {
        if (first > _first && (first >= _first + _count || _count + RowsAtOnce > _capacity))
        {
            Forget(first);
        }

        var next = _first + _count;
        var rows = Math.Min(Math.Min(RowsAtOnce, source.Height - next), _capacity - _count);
        var sourceStride = source.Width * 3;
        RowPass.Run(source.Pixels[(next * sourceStride)..], source.Width, rows, _buffer.AsSpan(_count * stride), kernel!);
        _count += rows;
    }

    private void Forget(int first)
    {
        var kept = Math.Max(0, _first + _count - first);
        _buffer.AsSpan((_count - kept) * stride, kept * stride).CopyTo(_buffer);
        (_first, _count) = (first, kept);
    }
}
