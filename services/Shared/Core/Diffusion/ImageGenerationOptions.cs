using Sensorium.Core.Admission;

namespace Sensorium.Core.Diffusion;

/// <summary>Limits of the making of pictures in this process. Section "Sensorium:ImageGeneration".</summary>
public sealed class ImageGenerationOptions
{
    public const string Section = "Sensorium:ImageGeneration";

    /// <summary>
    /// Loads and tries all models that make pictures before the process is ready. False leaves it to the first request for each: until then it
    /// takes neither time nor memory. On an accelerator, and where a graph reads one size alone, it is done at the start all the same.
    /// </summary>
    public bool LoadAtStart { get; set; }

    /// <summary>Pictures that are worked on at once; with guidance each is two rows of a run.</summary>
    public int MaxRunningPictures { get; set; } = 8;

    /// <summary>Pictures that may wait for their turn; a request beyond them is refused as overload.</summary>
    public int MaxQueuedPictures { get; set; } = 64;

    /// <summary>Rows of one run of the denoiser.</summary>
    public int MaxBatchRows { get; set; } = 16;

    /// <summary>Longest time that a request may be expected to wait; one that would wait longer is refused as overload.</summary>
    public TimeSpan MaxExpectedWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Pictures of one request.</summary>
    public int MaxPictures { get; set; } = 10;

    /// <summary>Steps of one picture.</summary>
    public int MaxSteps { get; set; } = 150;

    /// <summary>Width times height of one picture.</summary>
    public int MaxPixels { get; set; } = 1_048_576;

    internal AdmissionLimits AdmissionLimits() => new(MaxRunningPictures + MaxQueuedPictures, MaxExpectedWait);
}
