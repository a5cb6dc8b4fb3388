using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Live.Sound;

/// <summary>The last seconds of a sound, once for each step that it goes on.</summary>
/// <param name="length">They are repeated as often as they fit into it.</param>
internal sealed class SlidingWindow(TimeSpan window, TimeSpan step, TimeSpan length)
{
    private readonly int _whole = (int)(length.TotalSeconds * SoundStream.SampleRate);

    private readonly int _length = (int)(window.TotalSeconds * SoundStream.SampleRate);
    private readonly int _step = (int)(step.TotalSeconds * SoundStream.SampleRate);

    private float[] _last = [];
    private int _new;

    /// <summary>Null as long as too little is new. Of a block of several steps the last one is answered, and <paramref name="passed"/> counts all.</summary>
    public SoundPiece? Add(SoundBlock block, out int passed)
    {
        if (!block.Continues)
        {
            (_last, _new) = ([], 0);
        }

        float[] all = [.. _last, .. block.Samples];
        _last = all[Math.Max(0, all.Length - _length)..];
        _new += block.Samples.Length;
        passed = _new / _step;
        _new %= _step;
        if (passed == 0)
        {
            return null;
        }

        var end = block.Start + SoundStream.Duration(block.Samples.Length);
        return new SoundPiece(new LiveMoment(new TimeRange(end - SoundStream.Duration(_last.Length), end), block.Arrived), Repeat(_last));
    }

    private float[] Repeat(float[] samples)
    {
        var repeated = new float[samples.Length * Math.Max(1, _whole / samples.Length)];
        for (var at = 0; at < repeated.Length; at += samples.Length)
        {
            samples.CopyTo(repeated, at);
        }

        return repeated;
    }
}
