namespace Sensorium.Gateway.Operations.Live;

/// <summary>Streams that are looked at while they come in. Section "Sensorium:Live".</summary>
internal sealed class LiveOptions
{
    public const string Section = "Sensorium:Live";

    /// <summary>Streams at a time; more are refused until one ends.</summary>
    public int MaxStreams { get; set; } = 32;

    /// <summary>Most phrases of one stream: those that are watched for and those of sound events.</summary>
    public int MaxPhrases { get; set; } = 256;

    /// <summary>What would be looked at later than this is skipped.</summary>
    public TimeSpan MaxLateness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a stream may pause.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Between counts of what was looked at and skipped.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Last seconds of sound that are listened to together.</summary>
    public TimeSpan SoundWindow { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often they are listened to.</summary>
    public TimeSpan SoundStep { get; set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>They are repeated as often as they fit into this: models of sound are trained on seconds, and hear less in what silence fills up.</summary>
    public TimeSpan SoundLength { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Cosine similarity from which watched words fit a frame, where the caller does not say.</summary>
    public double FrameSimilarity { get; set; } = 0.28;

    /// <summary>Cosine similarity from which watched words and labels fit a sound, where the caller does not say.</summary>
    public double SoundSimilarity { get; set; } = 0.28;

    /// <summary>A scene has changed where 1 less the cosine similarity with the frame before is over this.</summary>
    public double SceneDistance { get; set; } = 0.25;

    /// <summary>An alert has ended when its words have not fitted for so long.</summary>
    public TimeSpan AlertLinger { get; set; } = TimeSpan.FromSeconds(0.5);
}
