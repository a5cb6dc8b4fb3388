using System.Globalization;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Reads lines of "presentation time,decoding time,length" in seconds, any of which may be missing ("N/A").</summary>
internal sealed class PacketTimes
{
    private double _first = double.PositiveInfinity;
    private double _last = double.NegativeInfinity;
    private double _end = double.NegativeInfinity;
    private string _rest = "";

    public void Add(string text)
    {
        var lines = (_rest + text).Split('\n');
        foreach (var line in lines.AsSpan(0, lines.Length - 1))
        {
            Take(line);
        }

        _rest = lines[^1];
    }

    /// <summary>Null if no packet has a time. A last packet without length counts as one moment.</summary>
    public TrackSpan? Span(TimeSpan origin)
    {
        Take(_rest);
        _rest = "";
        if (!double.IsFinite(_first))
        {
            return null;
        }

        var start = Math.Max(0, _first - origin.TotalSeconds);
        var end = Math.Max(start + 0.001, Math.Max(_end, _last) - origin.TotalSeconds);
        return new TrackSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));
    }

    private void Take(string line)
    {
        var fields = line.Split(',');
        if ((Seconds(fields, 0) ?? Seconds(fields, 1)) is { } time)
        {
            _first = Math.Min(_first, time);
            _last = Math.Max(_last, time);
            _end = Math.Max(_end, time + (Seconds(fields, 2) ?? 0));
        }
    }

    private static double? Seconds(string[] fields, int index) =>
        index < fields.Length
        && double.TryParse(fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) < 1e9
            ? value
            : null;
}
