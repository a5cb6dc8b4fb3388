namespace Aspire.Hosting.ApplicationModel;

/// <summary>A service that the gateway hosts itself unless it has processes of its own.</summary>
public enum SensoriumService
{
    /// <summary>Encodes text.</summary>
    Text,

    /// <summary>Encodes pictures.</summary>
    Vision,

    /// <summary>Encodes sound.</summary>
    Audio,

    /// <summary>Encodes video.</summary>
    Video,

    /// <summary>Writes captions, answers and transcripts.</summary>
    Generation,
}
