namespace Sensorium.Core.Generation.Decoding;

/// <summary>The fused media of one request in the form that the decoder attends to: keys and values of every layer.</summary>
public interface ICrossAttentionCache : IDisposable
{
    /// <summary>Feature tokens that count.</summary>
    int Tokens { get; }

    /// <summary>Tokens that it takes up in a batch, padding included. Only equal lengths can share a batch.</summary>
    int PaddedTokens { get; }

    /// <summary>What it takes up.</summary>
    long Bytes { get; }
}
