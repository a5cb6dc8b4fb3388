using System.Text.Json.Serialization;

namespace Sensorium.Media.Sound;

/// <summary>What preprocessor_config.json says of sound for models that read samples, in the form of Wav2Vec2FeatureExtractor.</summary>
internal sealed record WaveformConfig
{
    /// <summary>Seconds of one window: the files name none, and their models were trained on less.</summary>
    private const int WindowSeconds = 30;

    /// <summary>In Hz.</summary>
    public int SamplingRate { get; init; } = 16000;

    /// <summary>Samples get mean 0 and variance 1.</summary>
    public bool DoNormalize { get; init; } = true;

    /// <summary>Follows a sound that is too short for the model.</summary>
    public float PaddingValue { get; init; }

    /// <summary>Samples of a sound that is long enough: what the first layers of these models join to one token.</summary>
    [JsonIgnore]
    public int LeastSamples { get; init; } = 400;

    [JsonIgnore]
    public WindowSize Windows => new(SamplingRate, WindowSeconds * SamplingRate, 0.1);
}
