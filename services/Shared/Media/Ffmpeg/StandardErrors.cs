using System.Globalization;
using System.Text.RegularExpressions;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Reads all that a process says on standard error, so that it never blocks, and keeps a little of it: complaints, and the
/// moment that the first frame belongs to. A sound whose rate is beyond belief is refused as soon as its header is described.
/// </summary>
internal sealed partial class StandardErrors(int maxSampleRate, Action kill)
{
    private const int MaxLength = 600;
    private const int MaxLine = 4096;
    private readonly TaskCompletionSource<int?> _firstMoment = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _kept = [];
    private int _length;
    private volatile SensoriumException? _refusal;

    /// <summary>One line without addresses of memory and without paths of this machine.</summary>
    public string Summary => Clean(string.Join('\n', _kept));

    public bool IsOutOfMemory { get; private set; }

    /// <summary>The demuxer only estimates how long the medium is.</summary>
    public bool LengthIsGuess { get; private set; }

    /// <summary>The decoder or the demuxer found fault with the data.</summary>
    public bool Complained { get; private set; }

    /// <summary>Of a picture that was over the limit.</summary>
    public (int Width, int Height)? RefusedSize { get; private set; }

    /// <summary>Index of the moment that the first frame belongs to; null if no frame came.</summary>
    public Task<int?> FirstMoment => _firstMoment.Task;

    public async Task ReadAsync(TextReader reader)
    {
        var block = new char[MaxLine];
        var line = new char[MaxLine];
        var length = 0;
        while (await reader.ReadAsync(block.AsMemory()) is var count and > 0)
        {
            foreach (var c in block.AsSpan(0, count))
            {
                if (c is '\n' or '\r')
                {
                    Take(new string(line, 0, length));
                    length = 0;
                }
                else if (length < MaxLine)
                {
                    line[length++] = c;
                }
            }
        }

        Take(new string(line, 0, length));
        _firstMoment.TrySetResult(null);
    }

    public void ThrowIfRefused()
    {
        if (_refusal is { } refusal)
        {
            throw refusal;
        }
    }

    internal static string Clean(string text) => string.Join(
        "; ",
        Path().Replace(Component().Replace(text, ""), "the medium")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct());

    private void Take(string line)
    {
        if (Frame().Match(line) is { Success: true } frame)
        {
            _firstMoment.TrySetResult(int.TryParse(frame.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var moment) ? moment : 0);
        }
        else if (Level().Match(line) is { Success: true } level)
        {
            Take(level.Groups[1].Value, level.Groups[2].Value);
        }
        else if (!line.StartsWith(FfmpegCommands.FrameMark, StringComparison.Ordinal))
        {
            Keep(line);
        }
    }

    private void Take(string level, string text)
    {
        LengthIsGuess |= text.Contains("Estimating duration from bitrate", StringComparison.Ordinal);
        if (level is "error" or "fatal" or "panic")
        {
            Complained = true;
            Keep(text);
        }
        else if (text.Contains("duration do not match", StringComparison.Ordinal))
        {
            Complained = true;
        }
        else if (SampleRate().Match(text) is { Success: true } rate && !(long.TryParse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var hertz) && hertz <= maxSampleRate))
        {
            _refusal ??= MediaError.Undecodable($"The sound claims {rate.Groups[1].Value} samples per second; at most {maxSampleRate} are believed.");
            kill();
        }
    }

    private void Keep(string line)
    {
        if (TooLarge().Match(line) is { Success: true } size
            && int.TryParse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(size.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var height))
        {
            RefusedSize = (width, height);
        }

        IsOutOfMemory |= line.Contains("Cannot allocate memory", StringComparison.OrdinalIgnoreCase)
            || line.Contains("out of memory", StringComparison.OrdinalIgnoreCase);
        if (line.Length > 0 && _length < MaxLength)
        {
            var kept = line[..Math.Min(line.Length, MaxLength - _length)];
            _kept.Add(kept);
            _length += kept.Length;
        }
    }

    [GeneratedRegex(@"\[[^\]\n]*@ 0x[0-9a-f]+\]\s*")]
    private static partial Regex Component();

    [GeneratedRegex(@"(file:)?/[^\s:'""]+")]
    private static partial Regex Path();

    [GeneratedRegex(@"^frame:\d+\s+pts:(-?\d+)")]
    private static partial Regex Frame();

    [GeneratedRegex(@"^(?:\[[^\]]*@ 0x[0-9a-f]+\] )*\[(panic|fatal|error|warning|info|verbose)\] (.*)$")]
    private static partial Regex Level();

    [GeneratedRegex(@"Picture size (\d+)x(\d+) exceeds")]
    private static partial Regex TooLarge();

    [GeneratedRegex(@"Stream #0:.*: Audio: .*?, (-?\d+) Hz")]
    private static partial Regex SampleRate();
}
