using Sensorium.Core.Encoding;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>One row of a batch: what it attends to, what it has been fed, and what followed.</summary>
internal sealed class GrowingRow(FeatureSequence features, int[] prompt, int vocabulary) : IDisposable
{
    private CacheSlot? _own;
    private CacheSlot? _media;
    private CacheSlot? _attention;

    public FeatureSequence Features => features;

    /// <summary>To be fed before the next token.</summary>
    public int[] Pending { get; private set; } = prompt;

    /// <summary>Tokens that it holds.</summary>
    public int Length { get; private set; }

    public float[] Logits { get; } = new float[vocabulary];

    /// <summary>Null before the first run.</summary>
    public CacheSlot? Own => _own;

    /// <summary>Null before the first run.</summary>
    public CacheSlot? Media => _media;

    /// <summary>Null where the graph does not show it.</summary>
    public CacheSlot? Attention => _attention;

    /// <summary>Takes over what another row, which attends to the same, has been fed. Its place among the media stays.</summary>
    public void TakeTokens(GrowingRow other)
    {
        (Pending, Length) = (other.Pending, other.Length);
        Hold(ref _own, other._own);
        if (_media is null)
        {
            Hold(ref _media, other._media);
        }
    }

    public void Grow(int tokens, CacheSlot own, CacheSlot media, CacheSlot? attention)
    {
        (Pending, Length) = ([], Length + tokens);
        Hold(ref _own, own);
        Hold(ref _media, media);
        Hold(ref _attention, attention);
    }

    public void Dispose()
    {
        Hold(ref _own, null);
        Hold(ref _media, null);
        Hold(ref _attention, null);
    }

    private static void Hold(ref CacheSlot? slot, CacheSlot? next)
    {
        next?.Block.Retain();
        slot?.Block.Release();
        slot = next;
    }
}
