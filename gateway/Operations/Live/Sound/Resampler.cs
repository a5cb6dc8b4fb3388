using System.Numerics.Tensors;

namespace Sensorium.Gateway.Operations.Live.Sound;

/// <summary>Brings sound to another rate, block by block, by a windowed sinc: what the new rate cannot hold is left out.</summary>
internal sealed class Resampler
{
    private const int Crossings = 16;
    private const int Phases = 512;

    private readonly int _from;
    private readonly int _to;
    private readonly int _reach;
    private readonly float[][] _kernels;

    // What later samples still need of those before.
    private float[] _tail = [];

    // Where the next sample lies in _tail, in parts of 1 / _to.
    private long _next;

    public Resampler(int from, int to)
    {
        (_from, _to) = (from, to);
        var cutoff = Math.Min(1, (double)to / from);
        _reach = (int)Math.Ceiling(Crossings / cutoff);
        _kernels = from == to ? [] : [.. Enumerable.Range(0, Phases).Select(phase => Kernel((double)phase / Phases, cutoff))];
        Begin();
    }

    /// <summary>What comes next is another sound: before its first sample there is silence.</summary>
    public void Begin() => (_tail, _next) = (new float[_reach], (long)_reach * _to);

    public float[] Add(float[] samples)
    {
        if (_from == _to)
        {
            return samples;
        }

        float[] all = [.. _tail, .. samples];
        var made = new List<float>((int)((long)samples.Length * _to / _from) + 1);
        for (; (_next / _to) + _reach + 1 < all.Length; _next += _from)
        {
            var (place, phase) = ((int)(_next / _to), (int)(_next % _to * Phases / _to));
            made.Add(TensorPrimitives.Dot<float>(all.AsSpan(place - _reach + 1, 2 * _reach), _kernels[phase]));
        }

        var done = (int)Math.Min(all.Length, (_next / _to) - _reach);
        _tail = all[done..];
        _next -= (long)done * _to;
        return [.. made];
    }

    // For a sample at place + offset: weights of those from place - reach + 1 to place + reach.
    private float[] Kernel(double offset, double cutoff)
    {
        var weights = new float[2 * _reach];
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = i - _reach + 1 - offset;
            var x = Math.PI * cutoff * distance;
            var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
            var window = Math.Abs(distance) >= _reach ? 0 : 0.5 + (0.5 * Math.Cos(Math.PI * distance / _reach));
            weights[i] = (float)(cutoff * sinc * window);
        }

        return weights;
    }
}
