using Sensorium.Core.Admission;

namespace Sensorium.Core.Generation;

/// <summary>Limits of generation in this process. Section "Sensorium:Generation".</summary>
public sealed class GenerationOptions
{
    public const string Section = "Sensorium:Generation";

    /// <summary>Rows of the decode batches together: choices and beams of all requests that are decoded at once.</summary>
    public int MaxRunningSequences { get; set; } = 64;

    /// <summary>Rows that may wait for one of these; a request beyond them is refused as overload.</summary>
    public int MaxQueuedSequences { get; set; } = 256;

    /// <summary>
    /// Longest time that a request may be expected to wait for rows behind those that wait now; one that would wait longer is
    /// refused as overload. Eight sequences may wait before it however long that takes, and a request with a deadline may wait
    /// for half of the time that it leaves.
    /// </summary>
    public TimeSpan MaxExpectedWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Feature tokens that one request may bring.</summary>
    public int MaxFusedTokens { get; set; } = 1024;

    /// <summary>Segments of one medium that are fused, evenly chosen; 0 takes the number that the decoder was trained on.</summary>
    public int MaxSegmentsPerMedium { get; set; }

    /// <summary>
    /// Bytes of cross-attention keys and values that are kept for further captions of the same media; 0 keeps none. A
    /// picture of the included pack takes about half a megabyte.
    /// </summary>
    public long CrossAttentionCacheBytes { get; set; } = 64 << 20;

    public int MaxBeams { get; set; } = 8;

    public int MaxChoices { get; set; } = 8;

    /// <summary>Prompt tokens that are fed between two steps of the running batch.</summary>
    public int PrefillChunkTokens { get; set; } = 16;

    /// <summary>
    /// The same for conversations, whose prompts are long: the running batch waits for one such piece at most. Decoders whose graphs read a
    /// prompt only as a whole read it so.
    /// </summary>
    public int ConversationChunkTokens { get; set; } = 128;

    /// <summary>Events that a caller may be behind; a slower reader is ended.</summary>
    public int StreamCapacity { get; set; } = 256;

    internal AdmissionLimits AdmissionLimits() => new(MaxRunningSequences + MaxQueuedSequences, MaxExpectedWait);
}
