using Sensorium.Core.Encoding;

namespace Sensorium.Core.Generation.Decoding;

/// <summary>The fused media of one request in the form that the decoder attends to: keys and values of every layer.</summary>
public interface ICrossAttentionCache : IDisposable
{
    /// <summary>What the decoder read.</summary>
    FeatureSequence Features { get; }

    /// <summary>Keys or values of one layer, where the decoder computes them beforehand.</summary>
    ReadOnlySpan<float> Tensor(int index) => throw new NotSupportedException($"A {GetType().Name} holds no keys and values.");

    /// <summary>Feature tokens that count.</summary>
    int Tokens { get; }

    /// <summary>Tokens that it takes up in a batch, padding included. Only equal lengths can share a batch.</summary>
    int PaddedTokens { get; }

    /// <summary>What it takes up.</summary>
    long Bytes { get; }
}
