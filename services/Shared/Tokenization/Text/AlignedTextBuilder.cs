using System.Text;

namespace Sensorium.Tokenization.Text;

/// <summary>Writes a changed copy of a text; every part says which range of the source it stands for.</summary>
internal sealed class AlignedTextBuilder(AlignedText source)
{
    private readonly StringBuilder _text = new(source.Length + 8);
    private readonly List<int>? _starts = source.IsTracked ? new List<int>(source.Length + 8) : null;
    private readonly List<int>? _ends = source.IsTracked ? new List<int>(source.Length + 8) : null;

    public int Length => _text.Length;

    /// <summary>Text in place of source[from..to); with from = to it is an insertion.</summary>
    public void Append(ReadOnlySpan<char> text, int from, int to)
    {
        _text.Append(text);
        if (_starts is null)
        {
            return;
        }

        var start = source.StartOf(from);
        var end = to > from ? source.EndOf(to - 1) : start;
        for (var i = 0; i < text.Length; i++)
        {
            _starts.Add(start);
            _ends!.Add(end);
        }
    }

    public void Append(Rune rune, int from, int to)
    {
        Span<char> units = stackalloc char[2];
        Append(units[..rune.EncodeToUtf16(units)], from, to);
    }

    /// <summary>The source's own units, as they are.</summary>
    public void Copy(int from, int to)
    {
        _text.Append(source.Value, from, to - from);
        if (_starts is null)
        {
            return;
        }

        for (var i = from; i < to; i++)
        {
            _starts.Add(source.StartOf(i));
            _ends!.Add(source.EndOf(i));
        }
    }

    public AlignedText Build() => AlignedText.Create(_text.ToString(), source, _starts?.ToArray(), _ends?.ToArray());
}
