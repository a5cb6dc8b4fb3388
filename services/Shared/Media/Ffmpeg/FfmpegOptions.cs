namespace Sensorium.Media.Ffmpeg;

/// <summary>Section "Sensorium:Media:Ffmpeg".</summary>
public sealed class FfmpegOptions
{
    public const string Section = "Sensorium:Media:Ffmpeg";

    /// <summary>Folder of ffmpeg and ffprobe; empty means the PATH.</summary>
    public string BinaryFolder { get; set; } = "";

    /// <summary>ffmpeg and ffprobe processes at the same time; 0 means one per processor.</summary>
    public int MaxProcesses { get; set; }

    /// <summary>Threads of one process.</summary>
    public int ThreadsPerProcess { get; set; } = 1;

    /// <summary>A process that yields nothing for this long is killed.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A process that its reader has waited for this long, all waits together, is killed.
    /// </summary>
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Processor time of one process. Needs util-linux, as each bound of the system does.</summary>
    public TimeSpan MaxProcessorTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Address space of one process, in bytes.</summary>
    public long MaxMemoryBytes { get; set; } = 1536L << 20;

    /// <summary>Samples per second of a sound track that are believed, in Hz.</summary>
    public int MaxSampleRate { get; set; } = 768_000;

    /// <summary>Longest sound or video.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Frames of a video that are further apart than this are sought one by one instead of decoding what lies between.</summary>
    public TimeSpan SeekStep { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// User, and group, that ffmpeg runs as where its service is root; 0 leaves it root. Elsewhere it runs as its service does.
    /// </summary>
    public int UserId { get; set; } = 65_534;

    internal int EffectiveMaxProcesses => MaxProcesses > 0 ? MaxProcesses : Environment.ProcessorCount;
}
