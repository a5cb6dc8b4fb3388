namespace Sensorium.Gateway.Operations.Explanation;

/// <summary>What carries a similarity, a label or a caption. Section "Sensorium:Explain".</summary>
internal sealed class ExplainOptions
{
    public const string Section = "Sensorium:Explain";

    /// <summary>Most altered media that one request may have encoded.</summary>
    public int MaxRuns { get; set; } = 512;

    /// <summary>Rows, and columns, that a picture is divided into where the request does not say.</summary>
    public int Grid { get; set; } = 7;

    /// <summary>Parts that a sound is divided into where the request does not say.</summary>
    public int SoundParts { get; set; } = 20;

    /// <summary>Parts that a video is divided into where the request does not say.</summary>
    public int ClipParts { get; set; } = 12;

    /// <summary>Pictures are brought to this length of their longer side, in pixels, before parts of them are hidden.</summary>
    public int PictureSide { get; set; } = 384;

    /// <summary>Rate, in Hz, that sounds are brought to before parts of them are silenced. Models of a higher rate hear nothing above its half.</summary>
    public int SoundRate { get; set; } = 16_000;

    /// <summary>In longer sounds nothing is silenced: their parts are encoded alone.</summary>
    public TimeSpan MaxSilencedSound { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Altered media that are made and encoded at once; more take more memory.</summary>
    public int RunsAtOnce { get; set; } = 16;
}
