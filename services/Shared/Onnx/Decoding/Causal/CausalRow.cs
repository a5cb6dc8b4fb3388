using Sensorium.Core.Encoding;
using Sensorium.Onnx.Decoding.Growing;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>One row of a batch: the media that its prompt brings, what it has been fed, and what followed.</summary>
internal sealed class CausalRow(FeatureSequence media, int vocabulary) : IDisposable
{
    private CacheSlot? _past;

    public FeatureSequence Media => media;

    /// <summary>Vectors of the media that it has been fed.</summary>
    public int MediaRead { get; private set; }

    /// <summary>Where its next token stands.</summary>
    public GridWalk Walk { get; private set; }

    /// <summary>Tokens that it holds, at the end of what its slot has room for.</summary>
    public int Length { get; private set; }

    public float[] Logits { get; } = new float[vocabulary];

    /// <summary>Null before the first run.</summary>
    public CacheSlot? Past => _past;

    /// <summary>Takes over what another row has been fed.</summary>
    public void TakeTokens(CausalRow other)
    {
        (Length, MediaRead, Walk) = (other.Length, other.MediaRead, other.Walk);
        Hold(other._past);
    }

    public void Grow(RowReading reading, CacheSlot past)
    {
        (Length, MediaRead, Walk) = (Length + reading.Tokens, reading.MediaRead, reading.Walk);
        Hold(past);
    }

    public void Dispose() => Hold(null);

    private void Hold(CacheSlot? next)
    {
        next?.Block.Retain();
        _past?.Block.Release();
        _past = next;
    }
}
