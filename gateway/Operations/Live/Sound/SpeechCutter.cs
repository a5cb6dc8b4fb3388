using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Live.Sound;

/// <summary>Cuts a sound into pieces that are written down one by one, each at the quietest place near its end, so that few words are cut.</summary>
internal sealed class SpeechCutter(TimeSpan window)
{
    // A fiftieth of a second: shorter than the closing of a consonant.
    private const int Frame = SoundStream.SampleRate / 50;

    // Quieter than 60 dB below full scale: there is nothing to write down.
    private const float Silence = 1e-3f;

    private readonly int _length = (int)(window.TotalSeconds * SoundStream.SampleRate);
    private readonly List<float> _samples = [];
    private TimeSpan _start;
    private long _arrived;

    public IEnumerable<SoundPiece> Add(SoundBlock block)
    {
        if (!block.Continues)
        {
            if (Flush() is { } rest)
            {
                yield return rest;
            }

            _start = block.Start;
        }

        _arrived = block.Arrived;
        _samples.AddRange(block.Samples);
        while (_samples.Count >= _length)
        {
            if (Take(Quietest()) is { } piece)
            {
                yield return piece;
            }
        }
    }

    /// <summary>What is left; null if there is none, or it is silent.</summary>
    public SoundPiece? Flush() => _samples.Count < Frame ? null : Take(_samples.Count);

    private SoundPiece? Take(int count)
    {
        var samples = CollectionsMarshal.AsSpan(_samples)[..count].ToArray();
        var end = _start + SoundStream.Duration(count);
        var moment = new LiveMoment(new TimeRange(_start, end), _arrived);
        _samples.RemoveRange(0, count);
        _start = end;
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(samples)) < Silence ? null : new SoundPiece(moment, samples);
    }

    // In the last quarter of the longest piece.
    private int Quietest()
    {
        var (best, least) = (_length, float.PositiveInfinity);
        var samples = CollectionsMarshal.AsSpan(_samples);
        for (var at = _length * 3 / 4; at + Frame <= _length; at += Frame)
        {
            var energy = TensorPrimitives.SumOfSquares<float>(samples.Slice(at, Frame));
            if (energy < least)
            {
                (best, least) = (at + (Frame / 2), energy);
            }
        }

        return best;
    }
}
