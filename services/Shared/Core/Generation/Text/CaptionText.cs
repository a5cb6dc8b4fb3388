using System.Text;

namespace Sensorium.Core.Generation.Text;

/// <summary>
/// Turns the bytes of tokens into text piece by piece. Held back are incomplete UTF-8 and whatever may be the beginning of
/// a stop sequence. Bytes that are not UTF-8 become U+FFFD. The concatenation of all pieces is <see cref="Text"/>.
/// </summary>
/// <param name="trimsStart">
/// Drop leading white space: right for a caption of its own. A continuation keeps it, so that prompt + text reads on.
/// </param>
internal sealed class CaptionText(IReadOnlyList<string> stops, bool trimsStart)
{
    private readonly Decoder _decoder = System.Text.Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _text = new();
    private string _held = "";
    private bool _trimming = trimsStart;

    public string Text => _text.ToString();

    /// <summary>A stop sequence was found; the text ends before it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The text that is certain now.</summary>
    public string Append(ReadOnlySpan<byte> bytes) => Stopped ? "" : Release(Decode(bytes, flush: false), end: false);

    /// <summary>Everything that was held back: there will be no more bytes.</summary>
    public string Finish() => Stopped ? "" : Release(Decode([], flush: true), end: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var count = _decoder.GetCharCount(bytes, flush);
        if (count == 0)
        {
            // Still needed: the decoder must take the bytes in.
            _decoder.GetChars(bytes, [], flush);
            return "";
        }

        var characters = count <= 256 ? stackalloc char[count] : new char[count];
        _decoder.GetChars(bytes, characters, flush);
        return Trim(characters);
    }

    private string Trim(ReadOnlySpan<char> characters)
    {
        if (!_trimming)
        {
            return new string(characters);
        }

        var rest = characters.TrimStart();
        _trimming = rest.IsEmpty;
        return new string(rest);
    }

    private string Release(string added, bool end)
    {
        var open = _held.Length == 0 ? added : _held + added;
        var certain = open.Length;
        if (stops.Count > 0)
        {
            var stop = StopSequences.Find(stops, open);
            Stopped = stop >= 0;
            certain = Stopped ? stop : end ? open.Length : open.Length - StopSequences.HeldLength(stops, open);
        }

        _held = Stopped ? "" : open[certain..];
        var piece = open[..certain];
        _text.Append(piece);
        return piece;
    }
}
