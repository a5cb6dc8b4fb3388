using Sensorium.Core.Encoding;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>Where a token stands in time, height and width. A word stands at the same in all three.</summary>
internal readonly record struct GridPlace(int Time, int Height, int Width)
{
    public int this[int axis] => axis switch { 0 => Time, 1 => Height, _ => Width };
}

/// <summary>
/// Goes through a sequence token by token. Vectors of a picture stand as they lie in it, from where it begins; grids without a word between
/// them follow one another in time, by frames or by seconds. The word behind them stands beyond the farthest of them. A copy goes on by itself.
/// </summary>
internal struct GridWalk
{
    // Seconds that were cut to ticks are a little less than they were.
    private const double Rounding = 1e-6;

    private int _next;
    private int _origin;
    private int _frame;
    private int _grid;
    private int _offset;
    private bool _inside;
    private TimeSpan _start;

    public GridPlace Word()
    {
        _inside = false;
        var place = _next++;
        return new GridPlace(place, place, place);
    }

    /// <param name="grids">In the order of the vectors.</param>
    /// <param name="placesPerSecond">How far apart frames stand; 0 if one stands beside the other.</param>
    public GridPlace Vector(IReadOnlyList<TokenGrid> grids, int placesPerSecond = 0)
    {
        var grid = grids[_grid];
        if (!_inside)
        {
            (_inside, _origin, _frame, _start) = (true, _next, 0, grid.Start);
        }
        else if (_offset == 0)
        {
            _frame = placesPerSecond > 0 ? (int)(((grid.Start - _start).TotalSeconds * placesPerSecond) + Rounding) : _frame + grids[_grid - 1].Frames;
        }

        var (frame, inFrame) = Math.DivRem(_offset, grid.Rows * grid.Columns);
        var (row, column) = Math.DivRem(inFrame, grid.Columns);
        var place = new GridPlace(_origin + _frame + frame, _origin + row, _origin + column);
        _next = Math.Max(_next, 1 + Math.Max(place.Time, Math.Max(place.Height, place.Width)));
        if (++_offset == grid.Tokens)
        {
            (_offset, _grid) = (0, _grid + 1);
        }

        return place;
    }
}
