using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using static Sensorium.Gateway.Operations.FieldRules;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Checks the messages of one stream as they come. What is wrong with one of them is wrong with the sender.</summary>
internal sealed class InputRules(SoundFormat? format, long maxBytes)
{
    private const int MaxSide = 16_384;

    private TimeSpan? _frame;
    private TimeSpan? _sound;

    /// <exception cref="SensoriumException">INVALID_ARGUMENT; names the field.</exception>
    public void Check(LiveInput input)
    {
        if (input is LiveFrame frame)
        {
            Check(frame);
        }
        else
        {
            Check((LiveSound)input);
        }
    }

    private void Check(LiveFrame frame)
    {
        CheckTime(frame.Time, ref _frame, "frame.time");
        if (frame.Size is not { } size)
        {
            MediaRules.Check(new MediaItem("frame", new InlineSource(frame.Data)), "frame", maxBytes);
            return;
        }

        Require(size is { Width: >= 1 and <= MaxSide, Height: >= 1 and <= MaxSide }, "frame.raw", $"is {size.Width} x {size.Height} pixels; each side has 1 to {MaxSide}");
        var bytes = 3L * size.Width * size.Height;
        Require(frame.Data.Length == bytes, "frame.raw.rgb", $"has {frame.Data.Length:N0} bytes; {size.Width} x {size.Height} pixels of 3 bytes are {bytes:N0}");
        MediaRules.Check(new MediaItem("frame", new InlineSource(frame.Data)), "frame.raw", maxBytes);
    }

    private void Check(LiveSound sound)
    {
        Require(format is not null, "sound", "came, and the header did not say its encoding and sample_rate");
        CheckTime(sound.Time, ref _sound, "sound.time");
        MediaRules.Check(new MediaItem("sound", new InlineSource(sound.Samples)), "sound", maxBytes);
        Require(
            sound.Samples.Length % format.SampleBytes == 0, "sound.samples", $"has {sound.Samples.Length:N0} bytes; a sample of all channels has {format.SampleBytes}");
    }

    private static void CheckTime(TimeSpan time, ref TimeSpan? last, string field)
    {
        Require(time >= TimeSpan.Zero, field, $"is {time.TotalSeconds:0.###} s; it must not be negative");
        Require(last is null || time > last, field, $"is {time.TotalSeconds:0.###} s, and the one before had {last?.TotalSeconds:0.###} s; times must ascend");
        last = time;
    }
}
