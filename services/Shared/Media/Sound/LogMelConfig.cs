using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Media.Sound;

/// <summary>What preprocessor_config.json says of sound, in the form of WhisperFeatureExtractor or ClapFeatureExtractor.</summary>
public sealed record LogMelConfig
{
    internal const string Whisper = "WhisperFeatureExtractor";
    internal const string Clap = "ClapFeatureExtractor";

    /// <summary>Mel bands.</summary>
    public int FeatureSize { get; init; } = 80;

    /// <summary>In Hz.</summary>
    public int SamplingRate { get; init; } = 16000;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>Samples of one frame; even.</summary>
    public int NFft { get; init; } = 400;

    /// <summary>Samples of one window.</summary>
    public int NSamples { get; init; } = 480000;

    /// <summary>Fills up windows that are not full.</summary>
    public float PaddingValue { get; init; }

    /// <summary>
    /// Fills up a short sound by repeating it instead ("padding": "repeat"), for models that were trained so.
    /// </summary>
    public bool Repeat { get; init; }

    /// <summary>Repeats a short sound as often as all of it fits, and fills up then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RepeatsWhole { get; init; }

    /// <summary>A rest at the end shorter than this part of a window is left out, unless it is all there is.</summary>
    public double MinTail { get; init; } = 0.1;

    /// <summary>
    /// In decibels, all frames with the last, frame by frame; a short sound is repeated as often as it fits, and zeros follow.
    /// Else as Whisper has them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsClap { get; init; }

    /// <summary>Lower edge of the lowest filter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MinHz { get; init; }

    /// <summary>Upper edge of the highest filter; 0 for that of Whisper.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MaxHz { get; init; }

    /// <summary>Frames of one window.</summary>
    public int Frames => (NSamples / HopLength) + (IsClap ? 1 : 0);

    public TimeSpan Window => TimeSpan.FromSeconds((double)NSamples / SamplingRate);

    /// <summary>Throws <see cref="InvalidDataException"/> that names the field for what cannot be followed exactly.</summary>
    internal static LogMelConfig From(JsonElement element)
    {
        var file = SoundProcessorFile.Parse<ConfigFile>(element);
        return file.FeatureExtractorType == Clap ? FromClap(file) : FromWhisper(file);
    }

    private static LogMelConfig FromClap(ConfigFile file)
    {
        var config = new LogMelConfig
        {
            IsClap = true,
            FeatureSize = file.FeatureSize,
            SamplingRate = file.SamplingRate,
            HopLength = file.HopLength,
            NFft = file.FftWindowSize,
            NSamples = file.NbMaxSamples,
            MinHz = file.FrequencyMin,
            MaxHz = file.FrequencyMax,
            Repeat = file.Padding is "repeat",
            MinTail = file.MinTail,
        };
        Require(file.Truncation != "fusion", "'truncation' is 'fusion', which is not supported");
        Require(file.Padding is null or "repeat" or "repeatpad" or "pad", $"'padding' is '{file.Padding}', which is not known");
        Require(config.MinHz >= 0 && config.MaxHz > config.MinHz, "'frequency_max' must be above 'frequency_min'");
        config = config with { RepeatsWhole = file.Padding is null or "repeatpad" };
        config.Validate(framesOfFile: null);
        return config;
    }

    private static LogMelConfig FromWhisper(ConfigFile file)
    {
        var config = new LogMelConfig
        {
            FeatureSize = file.FeatureSize,
            SamplingRate = file.SamplingRate,
            HopLength = file.HopLength,
            NFft = file.NFft,
            NSamples = file.NSamples ?? (int)(file.ChunkLength * file.SamplingRate),
            PaddingValue = file.PaddingValue,
            Repeat = file.Padding is "repeat" or "repeatpad",
            MinTail = file.MinTail,
        };
        config.Validate(file.NbMaxFrames);
        return config;
    }

    private void Validate(int? framesOfFile)
    {
        Require(FeatureSize > 0 && SamplingRate > 0 && HopLength > 0, "'feature_size', 'sampling_rate' and 'hop_length' must be positive");
        Require(NFft > 0 && NFft % 2 == 0, $"'n_fft' must be even, but is {NFft}");
        Require(NSamples > NFft && NSamples % HopLength == 0, $"'n_samples' ({NSamples}) must be a multiple of 'hop_length' above 'n_fft'");
        Require(framesOfFile is null || framesOfFile == Frames, $"'nb_max_frames' is {framesOfFile}, but n_samples / hop_length is {Frames}");
        Require(MinTail is >= 0 and <= 1, $"'min_tail' must be in 0 ... 1, but is {MinTail}");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }

    private sealed record ConfigFile
    {
        public string? FeatureExtractorType { get; init; }

        public int FftWindowSize { get; init; } = 1024;

        public int NbMaxSamples { get; init; } = 480000;

        public double FrequencyMin { get; init; }

        public double FrequencyMax { get; init; } = 14000;

        public string? Truncation { get; init; }

        public int FeatureSize { get; init; } = 80;

        public int SamplingRate { get; init; } = 16000;

        public int HopLength { get; init; } = 160;

        public int NFft { get; init; } = 400;

        public double ChunkLength { get; init; } = 30;

        public int? NSamples { get; init; }

        public int? NbMaxFrames { get; init; }

        public float PaddingValue { get; init; }

        public string? Padding { get; init; }

        public double MinTail { get; init; } = 0.1;
    }
}
