namespace Sensorium.Gateway.Operations.Live;

/// <summary>What a similarity is at the least lately: it follows down at once, nearly, and up within a minute.</summary>
internal sealed class Baseline
{
    // Of a value below it, so that one bad frame does not count.
    private const float Downwards = 0.2f;

    private static readonly TimeSpan Upwards = TimeSpan.FromMinutes(1);

    private float? _value;
    private TimeSpan _last;

    /// <param name="similarity">Of now.</param>
    /// <param name="time">Of the stream.</param>
    /// <param name="mayRise">Nothing unusual is going on.</param>
    /// <returns>What it was compared with.</returns>
    public float Follow(float similarity, TimeSpan time, bool mayRise)
    {
        var before = _value ?? similarity;
        var share = similarity < before ? Downwards : mayRise ? 1 - MathF.Exp(-(float)((time - _last) / Upwards)) : 0;
        _value = before + (share * (similarity - before));
        _last = time;
        return _value.Value;
    }
}
