namespace Sensorium.Core.Tokenization;

/// <summary>Which added tokens are found in a text. All are right for templates of ours alone, never for callers' words.</summary>
public enum AddedTokenMatching
{
    /// <summary>Whatever is written in the text is text.</summary>
    None,

    /// <summary>Those that mean nothing special to the model, as runs of spaces.</summary>
    Ordinary,

    /// <summary>Special ones too: "&lt;eos&gt;" ends the sequence.</summary>
    All,
}
