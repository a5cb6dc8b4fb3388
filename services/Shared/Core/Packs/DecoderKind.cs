namespace Sensorium.Core.Packs;

/// <summary>How a decoder comes to its text.</summary>
public enum DecoderKind
{
    /// <summary>Token by token, each decided by those before it.</summary>
    Autoregressive,

    /// <summary>The encoder scores the characters of each of its tokens; connectionist temporal classification joins the best of them.</summary>
    Ctc,
}
