namespace Sensorium.Tokenization.Text;

/// <summary>
/// A text on its way through normalizers and pre-tokenizers. Where <see cref="IsTracked"/>, each UTF-16 unit knows the
/// range of the caller's text that it stands for.
/// </summary>
internal sealed class AlignedText
{
    private readonly int _origin;
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    private AlignedText(string value, bool isTracked, int origin, int[]? starts, int[]? ends)
    {
        Value = value;
        IsTracked = isTracked;
        _origin = origin;
        _starts = starts;
        _ends = ends;
    }

    public string Value { get; }

    public int Length => Value.Length;

    public bool IsTracked { get; }

    public static AlignedText Create(string text, bool isTracked) => new(text, isTracked, 0, null, null);

    public static AlignedText Create(string text, AlignedText source, int[]? starts, int[]? ends) =>
        new(text, source.IsTracked, source._origin, starts, ends);

    /// <summary>Where the unit begins in the caller's text; for the length, where the last one ends.</summary>
    public int StartOf(int index)
    {
        if (_starts is null)
        {
            return _origin + index;
        }

        return index < _starts.Length ? _starts[index] : index > 0 ? _ends![index - 1] : _origin;
    }

    public int EndOf(int index) => _ends is null ? _origin + index + 1 : _ends[index];

    /// <summary>The same places with other characters, one for one.</summary>
    public AlignedText WithValue(string value) => new(value, IsTracked, _origin, _starts, _ends);

    public AlignedText Slice(int start, int end)
    {
        if (start == 0 && end == Length)
        {
            return this;
        }

        return new AlignedText(Value[start..end], IsTracked, StartOf(start), _starts?[start..end], _ends?[start..end]);
    }
}
