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

    /// <summary>Makes pictures of words.</summary>
    ImageGeneration,
}

/// <summary>How a service is called beside its setting.</summary>
internal static class SensoriumServiceNames
{
    /// <summary>As images and resources have it: "image-generation".</summary>
    public static string NameOf(this SensoriumService service) => service switch
    {
        SensoriumService.ImageGeneration => "image-generation",
        _ => service.ToString().ToLowerInvariant(),
    };
}
