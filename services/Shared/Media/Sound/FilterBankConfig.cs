namespace Sensorium.Media.Sound;

/// <summary>What preprocessor_config.json says of sound in the form of ASTFeatureExtractor.</summary>
internal sealed record FilterBankConfig
{
    /// <summary>Samples of one frame, and from one to the next: 25 and 10 milliseconds at the rate that the kind is for.</summary>
    public const int Frame = 400;
    public const int Hop = 160;

    /// <summary>In Hz.</summary>
    public int SamplingRate { get; init; } = 16000;

    /// <summary>Mel bands.</summary>
    public int NumMelBins { get; init; } = 128;

    /// <summary>Frames of one window; zeros follow a sound that has fewer.</summary>
    public int MaxLength { get; init; } = 1024;

    public bool DoNormalize { get; init; } = true;

    /// <summary>Of all values in training.</summary>
    public double Mean { get; init; } = -4.2677393;

    public double Std { get; init; } = 4.5689974;

    /// <summary>Samples that have as many frames.</summary>
    public int WindowSamples => Frame + ((MaxLength - 1) * Hop);

    /// <summary>Throws <see cref="InvalidDataException"/> that names the field.</summary>
    public void Validate()
    {
        Require(SamplingRate > 0 && NumMelBins > 0 && MaxLength > 0, "'sampling_rate', 'num_mel_bins' and 'max_length' must be positive");
        Require(!DoNormalize || Std > 0, $"'std' is {Std}, but must be above 0");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }
}
